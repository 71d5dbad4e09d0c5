namespace Betar.Storage.GrainState;

/// <summary>One row per grain state. A cleared state keeps its row without data, so that its version never starts again.</summary>
internal static class GrainStateSchema
{
    public const string Version1 =
        """
        CREATE TABLE grain_state (
          id INTEGER PRIMARY KEY,
          provider TEXT NOT NULL,
          grain TEXT NOT NULL,
          name TEXT NOT NULL,
          version INTEGER NOT NULL,
          data BLOB,
          UNIQUE (provider, grain, name)
        );

        """;
}
