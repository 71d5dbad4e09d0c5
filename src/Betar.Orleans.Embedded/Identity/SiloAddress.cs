using System.Globalization;
using System.Net;
using System.Text;

namespace Orleans.Runtime;

/// <summary>One life of one silo: its endpoint and its generation.</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>, ISpanFormattable
{
    private const char Separator = '@';
    private static readonly SiloAddress ZeroAddress = New(new IPEndPoint(IPAddress.Any, 0), 0);
    private readonly int _hash;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
        _hash = unchecked((int)StableHash.Compute(Encoding.UTF8.GetBytes(ToParsableString())));
    }

    public static SiloAddress Zero => ZeroAddress;

    public IPEndPoint Endpoint { get; }

    public int Generation { get; }

    /// <summary>Clients take negative generations, so that nobody takes one for a silo.</summary>
    public bool IsClient => Generation < 0;

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    public static SiloAddress FromParsableString(string addr)
    {
        var at = addr.LastIndexOf(Separator);
        if (at > 0 && int.TryParse(addr.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
            && IPEndPoint.TryParse(addr.AsSpan(0, at), out var endpoint))
            return New(endpoint, generation);
        throw new FormatException($"\"{addr}\" is not a silo address: expected endpoint@generation.");
    }

    public string ToParsableString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint}{Separator}{Generation}");

    public int GetConsistentHashCode() => _hash;

    public bool Equals(SiloAddress? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Generation == other.Generation && Endpoint.Equals(other.Endpoint));

    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    public override int GetHashCode() => _hash;

    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
            return 1;
        var byGeneration = Generation.CompareTo(other.Generation);
        return byGeneration != 0 ? byGeneration : string.CompareOrdinal(Endpoint.ToString(), other.Endpoint.ToString());
    }

    public override string ToString() => $"S{Endpoint}:{Generation}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"S{Endpoint}:{Generation}", out charsWritten);
}
