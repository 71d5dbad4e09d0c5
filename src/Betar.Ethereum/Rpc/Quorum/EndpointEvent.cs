namespace Betar.Ethereum;

/// <summary>Something about one of several nodes that an operator wants to know.</summary>
/// <param name="Method">The question at which it showed.</param>
public readonly record struct EndpointEvent(string Endpoint, EndpointEventKind Kind, string Method);
