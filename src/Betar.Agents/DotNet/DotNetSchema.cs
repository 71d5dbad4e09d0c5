using Betar.Agents.Configuration;

namespace Betar.Agents.DotNet;

/// <summary>What may stand in the settings of kind <c>dotnet</c>.</summary>
internal static class DotNetSchema
{
    public const string Text = $$"""
        {
          "type": "object", "additionalProperties": false,
          "properties": {
            "idempotent": {{SharedSchemas.Idempotent}}
          }
        }
        """;
}
