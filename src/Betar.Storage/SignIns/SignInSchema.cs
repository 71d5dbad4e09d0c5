namespace Betar.Storage.SignIns;

/// <summary>The key by which a server knows its own nonces, and those that were used, as long as they could be shown again. Seconds since 1970.</summary>
internal static class SignInSchema
{
    public const string Version7 =
        """
        CREATE TABLE sign_in_key (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          key BLOB NOT NULL
        );
        CREATE TABLE sign_in_used (
          nonce BLOB PRIMARY KEY,
          until INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX sign_in_used_by_end ON sign_in_used (until);

        """;
}
