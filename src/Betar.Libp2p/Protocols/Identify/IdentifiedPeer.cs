using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>The answer to "who are you?".</summary>
/// <param name="Info">All that is known of the peer now.</param>
/// <param name="ObservedAddress">Where the peer sees us; somebody's word, not more.</param>
/// <param name="HasSignedRecord">The answer held a record that the peer signed.</param>
public sealed record IdentifiedPeer(PeerInfo Info, Multiaddr? ObservedAddress, bool HasSignedRecord);
