namespace Betar.Storage.PaidRequests;

/// <summary>
/// What web sellers remember: the request that each payment pays for and its answer, the names of purchases, and what is owed. Times are
/// milliseconds since 1970.
/// </summary>
internal static class PaidRequestSchema
{
    public const string Version4 =
        """
        CREATE TABLE paid_request (
          id INTEGER PRIMARY KEY,
          payment TEXT NOT NULL UNIQUE,
          fingerprint BLOB NOT NULL,
          state INTEGER NOT NULL,
          keep_until INTEGER NOT NULL,
          bytes INTEGER NOT NULL,
          status INTEGER NOT NULL,
          headers BLOB NOT NULL,
          body BLOB NOT NULL
        );
        CREATE INDEX paid_request_by_end ON paid_request (keep_until);
        CREATE TABLE purchase_name (
          payer BLOB NOT NULL,
          name TEXT NOT NULL,
          payment TEXT NOT NULL,
          keep_until INTEGER NOT NULL,
          PRIMARY KEY (payer, name)
        ) WITHOUT ROWID;
        CREATE INDEX purchase_name_by_end ON purchase_name (keep_until);
        CREATE TABLE owed_work (
          payment TEXT PRIMARY KEY,
          state INTEGER NOT NULL,
          resource TEXT NOT NULL,
          settlement BLOB NOT NULL,
          since INTEGER NOT NULL,
          paid_back TEXT
        ) WITHOUT ROWID;

        """;

    public const string Version5 =
        """
        ALTER TABLE paid_request ADD COLUMN payer TEXT;
        CREATE INDEX paid_request_by_payer ON paid_request (payer, fingerprint);

        """;
}
