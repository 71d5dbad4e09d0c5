using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Dns;

/// <summary>Where an address leads.</summary>
/// <param name="Addresses">Those that begin with no name any more.</param>
/// <param name="Failure">In words, why a name on the way led nowhere; null when each led somewhere.</param>
internal readonly record struct ResolvedAddresses(IReadOnlyList<Multiaddr> Addresses, string? Failure);
