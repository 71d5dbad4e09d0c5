using Betar.Agents.Configuration;

namespace Betar.Agents.Llm;

/// <summary>What may stand in the settings of kind <c>llm</c>.</summary>
internal static class LlmSchema
{
    private const string Model = $$"""
        "provider": { "type": "string", "enum": ["", "openai", "google"], "default": "", "description": "Empty: the node's, else google when there is a Google key, else openai." },
            "model": { "type": "string", "maxLength": 256, "default": "", "description": "The model's name; empty: the node's, else gpt-4o-mini or gemini-2.5-flash." },
            "apiKey": { "type": "string", "maxLength": 1024, "pattern": "^$|{{SharedSchemas.SecretPatternInJson}}", "default": "", "description": "A reference to the key (env:, file:, keystore:); it is sent to this model's endpoint and nowhere else." },
            "baseUrl": { "type": "string", "maxLength": 2048, "pattern": "^$|^https?://[^/]", "default": "", "description": "An endpoint that speaks OpenAI's language; empty: the provider's own. The node's key is never sent there." },
            "inputPrice": { "type": "number", "minimum": 0, "maximum": 1000000, "default": 0, "description": "What the model costs, for the cost meter: USD for a million tokens of questions." },
            "outputPrice": { "type": "number", "minimum": 0, "maximum": 1000000, "default": 0, "description": "What the model costs, for the cost meter: USD for a million tokens of answers." }
        """;

    private const string Tools = $$"""
        {
          "type": "array", "maxItems": 16, "default": [], "description": "MCP servers whose tools the model may use.",
          "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "allow"],
            "properties": {
              "name": { "type": "string", "pattern": "^[A-Za-z0-9_-]{1,32}$", "description": "Stands before the names of its tools." },
              "command": {{SharedSchemas.Command}},
              "environment": {{SharedSchemas.Environment}},
              "url": {{SharedSchemas.Url}},
              "headers": {{SharedSchemas.Headers}},
              "allow": { "type": "array", "minItems": 1, "maxItems": 128, "items": { "type": "string", "minLength": 1, "maxLength": 128 }, "description": "The tools that may be used; none that is not named is." },
              "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 3600, "default": 30, "description": "Longest that one call of a tool may take, in seconds." }
            }
          }
        }
        """;

    public const string Text = $$"""
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            {{Model}},
            "fallback": { "type": "object", "additionalProperties": false, "description": "The model that is asked when the first one cannot answer.",
              "properties": {
            {{Model}}
              } },
            "system": { "type": "string", "maxLength": 65536, "default": "", "description": "The system prompt; empty: the agent's description. No caller's text ever comes into it." },
            "temperature": { "type": "number", "minimum": 0, "maximum": 2, "description": "Sampling; absent: the model's own." },
            "topP": { "type": "number", "minimum": 0, "maximum": 1, "description": "Sampling; absent: the model's own." },
            "seed": { "type": "integer", "minimum": 0, "maximum": 9007199254740991, "description": "Sampling; absent: the model's own." },
            "stop": { "type": "array", "maxItems": 4, "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "default": [], "description": "Texts at which the model stops." },
            "maxOutputTokens": { "type": "integer", "minimum": 1, "maximum": 1000000, "default": 4096, "description": "Most tokens of one answer of the model." },
            "maxTaskTokens": { "type": "integer", "minimum": 1, "maximum": 100000000, "default": 200000, "description": "Most tokens of one task, all its steps together." },
            "maxSteps": { "type": "integer", "minimum": 1, "maximum": 100, "default": 8, "description": "Most calls of the model for one task." },
            "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 3600, "default": 60, "description": "Longest that one call of the model may take, in seconds." },
            "maxAnswerBytes": { "type": "integer", "minimum": 1, "maximum": 67108864, "default": 4194304, "description": "Largest answer to one call of the model, in bytes as they come over the wire." },
            "retries": { "type": "integer", "minimum": 0, "maximum": 10, "default": 2, "description": "Times that a call which failed for now is made again." },
            "breakAfter": {{SharedSchemas.BreakAfter}},
            "breakSeconds": {{SharedSchemas.BreakSeconds}},
            "outputSchema": { "type": "object", "description": "JSON schema that the answer must satisfy." },
            "tools": {{Tools}},
            "allowPrivate": {{SharedSchemas.AllowPrivate}}
          }
        }
        """;
}
