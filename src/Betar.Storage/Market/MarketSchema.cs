using Betar.Storage.Blocks;
using Betar.Storage.Database;
using Betar.Storage.Listings;
using Betar.Storage.Replication;

namespace Betar.Storage.Market;

/// <summary>What the file of the marketplace must look like, version by version.</summary>
internal static class MarketSchema
{
    /// <summary>"BTMK": tells it from the ledger's file and from another application's.</summary>
    public const int ApplicationId = 0x42544D4B;

    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, ReplicaSchema.Version1),
        new(2, BlockSchema.Version1),
        new(3, ListingSchema.Version1),
        new(4, ListingSchema.Version2),
    ];
}
