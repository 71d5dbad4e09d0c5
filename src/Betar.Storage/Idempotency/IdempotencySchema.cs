namespace Betar.Storage.Idempotency;

/// <summary>Answers to requests that carried a key, as long as the key counts. A row without a status is a request under way. Milliseconds since 1970.</summary>
internal static class IdempotencySchema
{
    public const string Version10 =
        """
        CREATE TABLE idempotency_key (
          key BLOB PRIMARY KEY,
          fingerprint BLOB NOT NULL,
          status INTEGER,
          content_type TEXT,
          body BLOB,
          keep_until INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX idempotency_key_by_end ON idempotency_key (keep_until);

        """;
}
