namespace Betar.Agents.Llm;

/// <summary>A model, where it is, and a reference to the key that belongs there.</summary>
/// <param name="BaseUrl">The endpoint.</param>
/// <param name="Model">The model's name.</param>
/// <param name="KeyReference">Empty: the endpoint gets no key.</param>
/// <param name="AllowPrivate">True when the endpoint may be on this machine or in its own network.</param>
public sealed record ModelEndpoint(Uri BaseUrl, string Model, string KeyReference, bool AllowPrivate)
{
    /// <summary>USD for a million tokens of questions; 0: not known.</summary>
    public decimal InputPrice { get; init; }

    /// <summary>USD for a million tokens of answers; 0: not known.</summary>
    public decimal OutputPrice { get; init; }
}
