using Betar.Agents.Llm;

namespace Betar.Node.Configuration.Models;

/// <summary>What an agent falls back on that does not name its own model, provider or key. Keys are references.</summary>
internal sealed record ModelDefaults
{
    /// <summary><c>google</c>, <c>openai</c>, or empty: whichever there is a key for.</summary>
    public string Provider { get; init; } = "";

    /// <summary>For every agent without a model; null: each provider's own.</summary>
    public string? Model { get; init; }

    /// <summary>For agents of Google's models without a model, where <see cref="Model"/> is not set.</summary>
    public string? GoogleModel { get; init; }

    public string? GoogleKey { get; init; }

    public string? OpenAiKey { get; init; }

    /// <summary>Where <see cref="OpenAiKey"/> was given for; null: OpenAI's own. It is never sent anywhere else.</summary>
    public string? OpenAiBaseUrl { get; init; }

    /// <summary>The same for agents that are declared while the node runs.</summary>
    public LlmDefaults ToLlm() => new()
    {
        Provider = Provider.Trim().ToLowerInvariant(),
        Model = Model ?? "",
        GoogleModel = GoogleModel ?? "",
        GoogleKey = GoogleKey ?? "",
        OpenAiKey = OpenAiKey ?? "",
        OpenAiBaseUrl = OpenAiBaseUrl ?? "",
        AllowPrivate = OpenAiBaseUrl is { } address && ModelBinder.IsLocal(address),
    };
}
