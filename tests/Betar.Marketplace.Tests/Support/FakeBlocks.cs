using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Tests.Support;

/// <summary>Blocks that all nodes of a <see cref="MarketWorld"/> share, unless this one is cut off from the others.</summary>
internal sealed class FakeBlocks(MarketWorld world) : IPinnedBlocks, IBlockSource, IBlockAnnouncer
{
    public bool IsFull { get; set; }

    public bool IsCutOff { get; set; }

    /// <summary>What it told others that it has now.</summary>
    public List<Cid> Announced { get; } = [];

    public List<Cid> Fetched { get; } = [];

    /// <summary>What this node keeps, by what it is pinned to.</summary>
    public Dictionary<Cid, IReadOnlyList<Block>> Pinned { get; } = [];

    public ValueTask<bool> PinAsync(Cid root, IReadOnlyList<Block> blocks, bool publish, CancellationToken cancellationToken)
    {
        if (IsFull)
            return ValueTask.FromResult(false);
        Assert.True(publish);
        Pinned[root] = blocks;
        foreach (var block in blocks)
            world.Blocks[block.Cid] = block;
        return ValueTask.FromResult(true);
    }

    public Task AnnounceAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken)
    {
        Assert.All(cids, cid => Assert.True(IsFull || world.Blocks.ContainsKey(cid)));
        Announced.AddRange(cids);
        return Task.CompletedTask;
    }

    public ValueTask UnpinAsync(Cid root, CancellationToken cancellationToken)
    {
        Pinned.Remove(root);
        return ValueTask.CompletedTask;
    }

    public ValueTask<long> RemoveUnpinnedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken)
    {
        Fetched.Add(cid);
        return ValueTask.FromResult(IsCutOff ? null : world.Blocks.GetValueOrDefault(cid));
    }
}
