namespace Betar.Storage.Channels;

/// <summary>One row per channel, and one per deposit, so that none fills twice. Amounts are decimal texts.</summary>
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
}
