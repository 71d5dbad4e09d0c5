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

    /// <summary>What a peer is worth: those who are worth least leave first.</summary>
    public const string Version3 =
        """
        ALTER TABLE peer ADD COLUMN worth INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX peer_by_worth ON peer (worth, seen_at);

        """;
}
