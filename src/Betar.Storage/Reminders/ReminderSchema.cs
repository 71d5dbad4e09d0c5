namespace Betar.Storage.Reminders;

/// <summary>One row per reminder. Times are ticks; the hash places it on the ring of silos; versions never repeat.</summary>
internal static class ReminderSchema
{
    public const string Version1 =
        """
        CREATE TABLE reminder (
          grain TEXT NOT NULL,
          name TEXT NOT NULL,
          hash INTEGER NOT NULL,
          start_at INTEGER NOT NULL,
          period INTEGER NOT NULL,
          version INTEGER NOT NULL,
          PRIMARY KEY (grain, name)
        ) WITHOUT ROWID;
        CREATE INDEX reminder_by_hash ON reminder (hash);
        CREATE TABLE reminder_version (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          next INTEGER NOT NULL
        );
        INSERT INTO reminder_version VALUES (1, 1);

        """;
}
