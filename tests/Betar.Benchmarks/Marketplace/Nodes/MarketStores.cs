using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication.Store;
using Betar.Storage.Market;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>Where a node of a bench keeps the marketplace: in memory, or in a file as a real node does.</summary>
internal sealed record MarketStores(
    IReplicaStore Replica, IBlockStore Blocks, IPublishedBlocks Published, IPinnedBlocks Pinned, IListingStore Listings, MarketDatabase? Database) : IAsyncDisposable
{
    public static MarketStores InMemory()
    {
        var blocks = new MemoryBlockStore();
        return new MarketStores(new MemoryReplicaStore(), blocks, blocks, blocks, new MemoryListingStore(), null);
    }

    public static MarketStores InFile(string path)
    {
        MarketDatabase database = MarketDatabase.Open(path);
        var blocks = database.OpenBlocks();
        return new MarketStores(database.Replica, blocks, blocks, blocks, database.Listings, database);
    }

    public ValueTask DisposeAsync() => Database?.DisposeAsync() ?? default;
}
