namespace Betar.Libp2p.Protocols;

/// <param name="Name">The protocol itself, or the name of a family of them.</param>
/// <param name="Matches">Null for exactly the one of the name.</param>
/// <param name="DelaysStop">A stop waits for its streams, for some time.</param>
internal sealed record ProtocolRegistration(
    string Name, Predicate<string>? Matches, ProtocolHandler Handler, ProtocolOptions Options, bool DelaysStop = true);
