using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Betar.Ethereum.Networks;

/// <summary>The networks that are known: those that come with the program, and what an operator's file adds or changes.</summary>
public sealed class NetworkCatalog
{
    internal const string Caip2Prefix = "eip155:";
    const string Resource = "networks.json";

    readonly FrozenDictionary<string, ChainNetwork> _byName;
    readonly FrozenDictionary<ulong, ChainNetwork> _byId;

    internal NetworkCatalog(IReadOnlyList<ChainNetwork> networks)
    {
        Networks = networks;
        _byName = networks.ToFrozenDictionary(network => network.Name, StringComparer.Ordinal);

        // Two may stand for one chain (the devnet for Base Sepolia); the id then means the first, which is the chain itself.
        _byId = networks.GroupBy(network => network.ChainId).ToFrozenDictionary(group => group.Key, group => group.First());
    }

    public static NetworkCatalog BuiltIn { get; } = ReadBuiltIn();

    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<ChainNetwork> Networks { get; }

    /// <summary>Reads an operator's file and lays it over the networks that come with the program. Foreign bytes: every fault is said, none throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out NetworkCatalog? catalog, out IReadOnlyList<string> faults) =>
        NetworkFile.TryRead(json, BuiltIn.Networks, out catalog, out faults);

    /// <summary>By name ("base-sepolia") or CAIP-2 ("eip155:84532").</summary>
    public bool TryFind(string nameOrCaip2, [NotNullWhen(true)] out ChainNetwork? network)
    {
        ArgumentNullException.ThrowIfNull(nameOrCaip2);
        if (!nameOrCaip2.StartsWith(Caip2Prefix, StringComparison.Ordinal))
            return _byName.TryGetValue(nameOrCaip2, out network);
        network = null;
        var digits = nameOrCaip2.AsSpan(Caip2Prefix.Length);
        return !digits.StartsWith('0')
            && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && _byId.TryGetValue(id, out network);
    }

    static NetworkCatalog ReadBuiltIn()
    {
        using var stream = typeof(NetworkCatalog).Assembly.GetManifestResourceStream(Resource)!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return NetworkFile.TryRead(json, [], out var catalog, out var faults)
            ? catalog
            : throw new InvalidOperationException(string.Join(' ', faults));
    }
}
