using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Connections;

/// <summary>One connection as it stood when it was asked for.</summary>
/// <param name="Inbound">The peer dialled us.</param>
/// <param name="EarlyMuxer">The muxer was chosen inside the handshake.</param>
/// <param name="RoundTrip">The last measured; null: not measured yet.</param>
public sealed record ConnectionInfo(
    PeerId Peer, bool Inbound, Multiaddr Local, Multiaddr Remote, string Security, string Muxer, bool EarlyMuxer, DateTimeOffset OpenedAt, int Streams,
    TimeSpan? RoundTrip);
