namespace Betar.Agents.Llm;

/// <summary>The node's own model and keys, for agents that name none. A key goes to the endpoint beside which it stands, and to no other.</summary>
public sealed record LlmDefaults
{
    /// <summary><c>openai</c>, <c>google</c> or empty: by the keys there are.</summary>
    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>A reference to the key for Google's endpoint; empty: none.</summary>
    public string GoogleKey { get; init; } = "";

    /// <summary>A reference to the key for <see cref="OpenAiBaseUrl"/>; empty: none.</summary>
    public string OpenAiKey { get; init; } = "";

    /// <summary>Empty: OpenAI's own.</summary>
    public string OpenAiBaseUrl { get; init; } = "";

    /// <summary>True when that address may be on this machine or in its own network.</summary>
    public bool AllowPrivate { get; init; }
}
