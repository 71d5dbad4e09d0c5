using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Dialing;

/// <param name="Delay">How long it waits for the one before it, unless that one fails sooner.</param>
internal readonly record struct RankedAddress(Multiaddr Address, TimeSpan Delay);
