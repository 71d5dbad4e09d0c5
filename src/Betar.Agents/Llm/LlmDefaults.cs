namespace Betar.Agents.Llm;

/// <summary>The node's own model and keys, for agents that name none. A key goes to the endpoint beside which it stands, and to no other.</summary>
public sealed record LlmDefaults
{
    /// <summary><c>openai</c>, <c>google</c> or empty: by the keys there are.</summary>
    public string Provider { get; init; } = "";

    /// <summary>For agents of either provider; empty: each provider's own.</summary>
    public string Model { get; init; } = "";

    /// <summary>For agents of Google's models, where <see cref="Model"/> is not set.</summary>
    public string GoogleModel { get; init; } = "";

    /// <summary>A reference to the key for Google's endpoint; empty: none.</summary>
    public string GoogleKey { get; init; } = "";

    /// <summary>A reference to the key for <see cref="OpenAiBaseUrl"/>; empty: none.</summary>
    public string OpenAiKey { get; init; } = "";

    /// <summary>Empty: OpenAI's own.</summary>
    public string OpenAiBaseUrl { get; init; } = "";

    /// <summary>True when that address may be on this machine or in its own network.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>True when an agent that names nothing has a model to work with.</summary>
    public bool HasModel => ModelRouting.Find(new ModelSettings(), this, allowPrivate: false) is not null;
}
