namespace Betar.Agents.Builtin;

/// <summary>What may stand in the settings of kind <c>builtin</c>.</summary>
internal static class BuiltinSchema
{
    public const string Text = """
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "algorithm": { "type": "string", "enum": ["sha256", "sha512", "keccak256"], "default": "sha256", "description": "Of hash: how it is computed." }
          }
        }
        """;
}
