using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Transports;

/// <summary>A finished connection of a transport that brings security and streams, with what it holds.</summary>
internal sealed record MuxedArrival(UpgradedConnection Upgraded, Multiaddr Local, Multiaddr Remote, ConnectionHolding Holding);
