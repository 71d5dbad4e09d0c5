namespace Betar.Agents.Configuration;

/// <summary>Parts of the schemas that several kinds have in common.</summary>
internal static class SharedSchemas
{
    /// <summary>A secret never stands in settings, only where it is.</summary>
    public const string SecretPatternInJson = "^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keystore:.+|agents:.+|node:.+)$";

    public const string Command = """
        { "type": "array", "minItems": 1, "maxItems": 64, "items": { "type": "string", "minLength": 1, "maxLength": 4096 },
          "description": "The program and its arguments; no shell reads them." }
        """;

    public const string Environment = """
        { "type": "object", "maxProperties": 64, "additionalProperties": { "type": "string", "maxLength": 4096 }, "default": {},
          "description": "Variables that the program gets: values, or references to secrets (env:, file:, keystore:)." }
        """;

    public const string Url = """
        { "type": "string", "minLength": 8, "maxLength": 2048, "pattern": "^https?://[^/]",
          "description": "The address." }
        """;

    public const string Headers = """
        { "type": "object", "maxProperties": 32, "additionalProperties": { "type": "string", "maxLength": 4096 }, "default": {},
          "description": "Headers of every request: values, or references to secrets (env:, file:, keystore:)." }
        """;

    public const string AllowPrivate = """
        { "type": "boolean", "default": false,
          "description": "True lets it reach this machine and private networks; only the operator's own file may say so." }
        """;

    public const string Idempotent = """
        { "type": "boolean", "default": false,
          "description": "True promises that the same task twice does no harm, so that a crash may be answered by another run." }
        """;

    public const string BreakAfter = """
        { "type": "integer", "minimum": 2, "maximum": 1000, "default": 5,
          "description": "Calls within a minute, half of them or more failed, after which it is left alone for a while." }
        """;

    public const string BreakSeconds = """
        { "type": "integer", "minimum": 1, "maximum": 3600, "default": 30, "description": "How long it is left alone, in seconds." }
        """;
}
