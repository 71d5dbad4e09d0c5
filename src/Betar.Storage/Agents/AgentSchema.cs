namespace Betar.Storage.Agents;

/// <summary>One row per declared agent.</summary>
internal static class AgentSchema
{
    public const string Version1 =
        """
        CREATE TABLE agent (
          id TEXT PRIMARY KEY,
          spec BLOB NOT NULL
        ) WITHOUT ROWID;

        """;
}
