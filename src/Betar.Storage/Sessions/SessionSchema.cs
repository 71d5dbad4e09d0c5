namespace Betar.Storage.Sessions;

/// <summary>One row per caller and agent, one per exchange, and the sum of both beside them in the same transaction.</summary>
internal static class SessionSchema
{
    public const string Version8 =
        """
        CREATE TABLE session (
          id INTEGER PRIMARY KEY,
          agent TEXT NOT NULL,
          caller TEXT NOT NULL,
          name TEXT NOT NULL,
          created INTEGER NOT NULL,
          updated INTEGER NOT NULL,
          exchanges INTEGER NOT NULL,
          UNIQUE (agent, caller)
        );
        CREATE TABLE session_exchange (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          session INTEGER NOT NULL,
          at INTEGER NOT NULL,
          paid INTEGER NOT NULL,
          once TEXT,
          body BLOB NOT NULL
        );
        CREATE INDEX session_exchange_by_session ON session_exchange (session, seq);
        CREATE INDEX session_exchange_by_worth ON session_exchange (paid, seq);
        CREATE UNIQUE INDEX session_exchange_once ON session_exchange (once) WHERE once IS NOT NULL;
        CREATE TRIGGER session_exchange_no_update BEFORE UPDATE ON session_exchange
          BEGIN SELECT RAISE(ABORT, 'the session log is append-only'); END;
        CREATE TABLE session_total (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          exchanges INTEGER NOT NULL,
          bytes INTEGER NOT NULL
        );
        INSERT INTO session_total VALUES (1, 0, 0);

        """;
}
