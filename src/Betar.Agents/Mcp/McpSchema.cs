using Betar.Agents.Configuration;

namespace Betar.Agents.Mcp;

/// <summary>What may stand in the settings of kind <c>mcp</c>.</summary>
internal static class McpSchema
{
    public const string Text = $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["tool"],
          "properties": {
            "command": {{SharedSchemas.Command}},
            "environment": {{SharedSchemas.Environment}},
            "url": {{SharedSchemas.Url}},
            "headers": {{SharedSchemas.Headers}},
            "tool": { "type": "string", "minLength": 1, "maxLength": 128, "description": "The tool's name." },
            "textArgument": { "type": "string", "maxLength": 128, "default": "", "description": "The argument that takes the caller's text; empty: the text is a JSON object with the arguments." },
            "arguments": { "type": "object", "maxProperties": 64, "description": "Arguments that the caller cannot change." },
            "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 3600, "default": 30, "description": "Longest that one task may take, in seconds." },
            "idempotent": {{SharedSchemas.Idempotent}},
            "allowPrivate": {{SharedSchemas.AllowPrivate}}
          }
        }
        """;
}
