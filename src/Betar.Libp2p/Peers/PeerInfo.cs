using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Peers;

/// <summary>What is known of a peer.</summary>
/// <param name="SignedAddresses">From the peer's own signed record; preferred.</param>
/// <param name="OtherAddresses">From anybody: given by hand, or said without a signature.</param>
/// <param name="RecordSequence">The number of the signed record; a smaller one does not replace it.</param>
/// <param name="SignedRecord">The record in its envelope, to hand on; empty: none.</param>
public sealed record PeerInfo(
    PeerId Peer,
    IReadOnlyList<Multiaddr> SignedAddresses,
    IReadOnlyList<Multiaddr> OtherAddresses,
    IReadOnlyList<string> Protocols,
    string AgentVersion,
    string ProtocolVersion,
    ulong RecordSequence,
    ReadOnlyMemory<byte> SignedRecord)
{
    /// <summary>When anything was last heard of it.</summary>
    public DateTimeOffset SeenAt { get; init; }

    public PeerStanding Standing { get; init; }

    /// <summary>There was a connection when this was written.</summary>
    public bool IsConnected { get; init; }

    public static PeerInfo Unknown(PeerId peer) => new(peer, [], [], [], string.Empty, string.Empty, 0, ReadOnlyMemory<byte>.Empty);

    /// <summary>Those that the peer signed first.</summary>
    public IEnumerable<Multiaddr> Addresses => SignedAddresses.Concat(OtherAddresses.Except(SignedAddresses));
}
