using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Tests.Support;

/// <summary>Blocks that all nodes of a <see cref="MarketWorld"/> share, unless this one is cut off from the others.</summary>
internal sealed class FakeBlocks(MarketWorld world) : IBlockStore, IBlockSource
{
    public bool IsFull { get; set; }

    public bool IsCutOff { get; set; }

    public List<Cid> Fetched { get; } = [];

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) =>
        ValueTask.FromResult(world.Blocks.TryGetValue(cid, out var block) ? block.Data : default(ReadOnlyMemory<byte>?));

    public ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken) => ValueTask.FromResult(world.Blocks.ContainsKey(cid));

    public ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken)
    {
        if (IsFull)
            return ValueTask.FromResult(false);
        foreach (var block in blocks)
            world.Blocks[block.Cid] = block;
        return ValueTask.FromResult(true);
    }

    public ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken)
    {
        foreach (var cid in cids)
            world.Blocks.Remove(cid);
        return ValueTask.CompletedTask;
    }

    public ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken)
    {
        Fetched.Add(cid);
        return ValueTask.FromResult(IsCutOff ? null : world.Blocks.GetValueOrDefault(cid));
    }
}
