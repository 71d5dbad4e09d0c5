namespace Betar.Agents.Llm;

/// <summary>A model, where it is, and a reference to the key that belongs there.</summary>
/// <param name="BaseUrl">The endpoint.</param>
/// <param name="Model">The model's name.</param>
/// <param name="KeyReference">Empty: the endpoint gets no key.</param>
/// <param name="AllowPrivate">True when the endpoint may be on this machine or in its own network.</param>
public sealed record ModelEndpoint(Uri BaseUrl, string Model, string KeyReference, bool AllowPrivate);
