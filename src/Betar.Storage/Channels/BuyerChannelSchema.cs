namespace Betar.Storage.Channels;

/// <summary>One row per channel of a payer. Amounts are decimal texts, the time is in ticks.</summary>
internal static class BuyerChannelSchema
{
    public const string Version7 =
        """
        CREATE TABLE buyer_channel (
          id BLOB PRIMARY KEY,
          balance TEXT NOT NULL,
          charged TEXT NOT NULL,
          signed_max TEXT NOT NULL,
          filling TEXT NOT NULL,
          waiting TEXT,
          until INTEGER,
          doubt TEXT,
          assumes_charged INTEGER NOT NULL
        ) WITHOUT ROWID;

        """;
}
