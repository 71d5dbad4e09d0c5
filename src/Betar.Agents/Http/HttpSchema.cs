using Betar.Agents.Configuration;

namespace Betar.Agents.Http;

/// <summary>What may stand in the settings of kind <c>http</c>.</summary>
internal static class HttpSchema
{
    public const string Text = $$"""
        {
          "type": "object", "additionalProperties": false, "required": ["url"],
          "properties": {
            "url": {{SharedSchemas.Url}},
            "secret": { "type": "string", "maxLength": 1024, "pattern": "^$|{{SharedSchemas.SecretPatternInJson}}", "default": "", "description": "A reference to the secret that signs every request (env:, file:, keystore:); empty: requests are not signed." },
            "headers": {{SharedSchemas.Headers}},
            "idempotent": {{SharedSchemas.Idempotent}},
            "retries": { "type": "integer", "minimum": 0, "maximum": 10, "default": 2, "description": "Times that a request which failed for now is made again; only when idempotent." },
            "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 3600, "default": 30, "description": "Longest that one task may take, in seconds, with all its tries." },
            "maxAnswerBytes": { "type": "integer", "minimum": 1, "maximum": 16777216, "default": 1048576, "description": "Largest answer in bytes." },
            "breakAfter": {{SharedSchemas.BreakAfter}},
            "breakSeconds": {{SharedSchemas.BreakSeconds}},
            "allowPrivate": {{SharedSchemas.AllowPrivate}}
          }
        }
        """;
}
