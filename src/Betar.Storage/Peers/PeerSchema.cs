namespace Betar.Storage.Peers;

/// <summary>One row per peer of the network. Times are milliseconds since 1970; the index finds those who were not seen for longest.</summary>
internal static class PeerSchema
{
    public const string Version2 =
        """
        CREATE TABLE peer (
          id BLOB PRIMARY KEY,
          seen_at INTEGER NOT NULL,
          known BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX peer_by_seen ON peer (seen_at);

        """;
}
