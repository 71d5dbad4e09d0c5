using System.Text.Json;
using Betar.Agents.Mcp;

namespace Betar.Agents.Llm;

/// <summary>How a language model does an agent's work; <see cref="LlmSchema"/> says what each may be.</summary>
internal sealed record LlmSettings
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

    /// <summary>Asked when the first one cannot answer; null: nobody.</summary>
    public ModelSettings? Fallback { get; set; }

    /// <summary>The system prompt; empty: the agent's description.</summary>
    public string System { get; set; } = "";

    public double? Temperature { get; set; }

    public double? TopP { get; set; }

    public long? Seed { get; set; }

    public List<string> Stop { get; set; } = [];

    /// <summary>Most tokens of one answer of the model.</summary>
    public int MaxOutputTokens { get; set; } = 4_096;

    /// <summary>Most tokens of one task, those of questions and answers of all steps together.</summary>
    public long MaxTaskTokens { get; set; } = 200_000;

    /// <summary>Most calls of the model for one task.</summary>
    public int MaxSteps { get; set; } = 8;

    /// <summary>Longest that one call of the model may take.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Largest answer to one call of the model, in bytes as they come over the wire.</summary>
    public int MaxAnswerBytes { get; set; } = 4_194_304;

    /// <summary>Times that a call which failed for now is made again.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>Calls within a minute, half of them or more failed, after which a model is left alone for a while.</summary>
    public int BreakAfter { get; set; } = 5;

    /// <summary>How long it is left alone.</summary>
    public int BreakSeconds { get; set; } = 30;

    /// <summary>JSON schema that the answer must satisfy; null: any text.</summary>
    public JsonElement? OutputSchema { get; set; }

    /// <summary>MCP servers whose tools the model may use.</summary>
    public List<ToolServerSettings> Tools { get; set; } = [];

    /// <summary>True lets it call this machine and its own network: for models that run there.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>The model that is asked first.</summary>
    public ModelSettings First => new() { Provider = Provider, Model = Model, ApiKey = ApiKey, BaseUrl = BaseUrl, InputPrice = InputPrice, OutputPrice = OutputPrice };
}
