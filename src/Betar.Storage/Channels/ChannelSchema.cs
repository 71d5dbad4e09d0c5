namespace Betar.Storage.Channels;

/// <summary>
/// One row per channel, one per deposit, so that none fills twice, and the claims that are on their way. Amounts are decimal texts, times
/// milliseconds since 1970.
/// </summary>
internal static class ChannelSchema
{
    public const string Version4 =
        """
        CREATE TABLE channel (
          id BLOB PRIMARY KEY,
          balance TEXT NOT NULL,
          claimed TEXT NOT NULL,
          charged TEXT NOT NULL,
          signed_max TEXT NOT NULL,
          signature BLOB NOT NULL,
          last_step TEXT
        ) WITHOUT ROWID;
        CREATE TABLE channel_deposit (
          channel BLOB NOT NULL,
          nonce BLOB NOT NULL,
          amount TEXT NOT NULL,
          PRIMARY KEY (channel, nonce)
        ) WITHOUT ROWID;

        """;

    public const string Version6 =
        """
        ALTER TABLE channel ADD COLUMN network TEXT;
        ALTER TABLE channel ADD COLUMN config BLOB;
        ALTER TABLE channel ADD COLUMN unclaimed_since INTEGER;
        CREATE TABLE claim_run (
          id BLOB PRIMARY KEY,
          network TEXT NOT NULL,
          due TEXT NOT NULL,
          since INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE claim_entry (
          channel BLOB PRIMARY KEY,
          run BLOB NOT NULL,
          place INTEGER NOT NULL,
          config BLOB NOT NULL,
          max TEXT NOT NULL,
          signature BLOB NOT NULL,
          total TEXT NOT NULL
        ) WITHOUT ROWID;

        """;
}
