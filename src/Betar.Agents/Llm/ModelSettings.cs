namespace Betar.Agents.Llm;

/// <summary>Which model, where, and with which key. What is empty is the node's, except that a key never leaves the endpoint that it was given for.</summary>
internal sealed record ModelSettings
{
    /// <summary><c>openai</c> or <c>google</c>; empty: by the keys there are.</summary>
    public string Provider { get; set; } = "";

    public string Model { get; set; } = "";

    /// <summary>A reference to the key.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Any endpoint that speaks OpenAI's language; empty: the provider's own.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>USD for a million tokens of questions.</summary>
    public decimal InputPrice { get; set; }

    /// <summary>USD for a million tokens of answers.</summary>
    public decimal OutputPrice { get; set; }
}
