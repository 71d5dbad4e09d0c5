using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Multiformats;

/// <summary>
/// An address that says how to reach a peer, part by part: <c>/ip4/192.0.2.1/tcp/4001/p2p/12D3…</c>. Text and bytes are two spellings of
/// the same thing, and each has exactly one form.
/// </summary>
public sealed class Multiaddr : IEquatable<Multiaddr>
{
    /// <summary>Longer addresses are refused in either form.</summary>
    public const int MaxLength = 1024;

    private readonly byte[] _bytes;
    private string? _text;

    internal Multiaddr(byte[] bytes, IReadOnlyList<MultiaddrPart> parts)
    {
        _bytes = bytes;
        Parts = parts;
        Peer = Parts is [.., { Code: MultiaddrCode.P2p, IsKnown: true } last] && PeerId.TryDecode(last.Value.Span, out var peer) ? peer : null;
    }

    public IReadOnlyList<MultiaddrPart> Parts { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The peer that the address ends with.</summary>
    public PeerId? Peer { get; }

    /// <summary>False when a part is unknown; such an address can be kept and passed on, and not be used.</summary>
    public bool IsKnown => Parts[^1].IsKnown;

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Multiaddr? address) =>
        MultiaddrCodec.TryDecode(bytes, out address);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Multiaddr? address) => MultiaddrCodec.TryParse(text, out address);

    public static Multiaddr Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("Not a multiaddr.");

    /// <summary><c>/ip4/…/tcp/…</c> or <c>/ip6/…/udp/…</c>; an IPv4 address inside IPv6 is written as IPv4.</summary>
    public static Multiaddr FromEndPoint(IPEndPoint endPoint, MultiaddrCode transport = MultiaddrCode.Tcp)
    {
        var ip = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        var value = ip.GetAddressBytes();
        var port = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)endPoint.Port);
        var first = MultiaddrCodec.EncodePart(value.Length == 4 ? MultiaddrCode.Ip4 : MultiaddrCode.Ip6, value);
        return Checked([.. first, .. MultiaddrCodec.EncodePart(transport, port)]);
    }

    /// <summary>True for an IP address followed by a TCP or UDP port, whatever comes behind.</summary>
    public bool TryGetIpEndPoint([NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = Parts is [{ Code: MultiaddrCode.Ip4 or MultiaddrCode.Ip6, IsKnown: true } ip, { Code: MultiaddrCode.Tcp or MultiaddrCode.Udp } port, ..]
            ? new IPEndPoint(new IPAddress(ip.Value.Span), BinaryPrimitives.ReadUInt16BigEndian(port.Value.Span))
            : null;
        return endPoint is not null;
    }

    public bool Has(MultiaddrCode code) => Parts.Any(part => part.IsKnown && part.Code == code);

    /// <summary>The address with this peer at its end, instead of the one that may stand there.</summary>
    public Multiaddr WithPeer(PeerId peer) => Checked([.. WithoutPeerBytes(), .. MultiaddrCodec.EncodePart(MultiaddrCode.P2p, peer.Bytes)]);

    public Multiaddr WithoutPeer() => Peer is null || Parts.Count == 1 ? this : Checked(WithoutPeerBytes().ToArray());

    public Multiaddr Append(Multiaddr other) => Checked([.. _bytes, .. other._bytes]);

    public override string ToString() => _text ??= MultiaddrCodec.Write(Parts);

    public bool Equals(Multiaddr? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as Multiaddr);

    public override int GetHashCode() => BytesHash.Of(_bytes);

    private ReadOnlySpan<byte> WithoutPeerBytes() =>
        Peer is { } peer ? _bytes.AsSpan(0, _bytes.Length - MultiaddrCodec.EncodePart(MultiaddrCode.P2p, peer.Bytes).Length) : _bytes;

    private static Multiaddr Checked(byte[] bytes) =>
        TryDecode(bytes, out var address) ? address : throw new ArgumentException("The parts do not make an address, or a too long one.");
}
