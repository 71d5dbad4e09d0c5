namespace Betar.Storage.Workflows;

/// <summary>One row per workflow. Times are milliseconds since 1970.</summary>
internal static class WorkflowSchema
{
    public const string Version11 =
        """
        CREATE TABLE workflow (
          id TEXT PRIMARY KEY,
          version INTEGER NOT NULL,
          created INTEGER NOT NULL,
          open INTEGER NOT NULL,
          state BLOB NOT NULL
        );
        CREATE INDEX workflow_by_time ON workflow (created, id);
        CREATE INDEX workflow_open ON workflow (id) WHERE open = 1;

        """;
}
