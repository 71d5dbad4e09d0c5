using Betar.Blocks.Diagnostics;
using Betar.Blocks.Store;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Tests.Store;

public sealed class MemoryBlockStoreTests
{
    private readonly MemoryBlockStore _store = new(new BlockStoreOptions { QuotaBytes = 250 });

    [Fact]
    public async Task A_block_is_found_by_its_hash_whatever_its_name()
    {
        var block = Make.Block(1);
        Assert.True(await _store.PutAsync([block], default));
        foreach (var name in new[] { block.Cid, Cid.CreateVersion0(block.Cid.Hash), Cid.Create(CidCodec.DagPb, block.Cid.Hash) })
        {
            Assert.True(await _store.HasAsync(name, default));
            Assert.Equal(100, await _store.LengthAsync(name, default));
            Assert.Equal(block.Data.ToArray(), (await _store.FindAsync(name, default))!.Value.ToArray());
        }
    }

    [Fact]
    public async Task Beyond_the_quota_all_or_nothing_is_kept()
    {
        Assert.False(await _store.PutAsync(Make.Blocks(3), default));
        Assert.Equal((0, 0L, 1L), (_store.Count, _store.Bytes, _store.Meter.Count(BlocksLimit.StoreQuota)));
        // The same block twice is one, and one that is here needs no room.
        Assert.True(await _store.PutAsync([Make.Block(1), Make.Block(1), Make.Block(2)], default));
        Assert.True(await _store.PutAsync([Make.Block(1)], default));
        Assert.Equal((2, 200L), (_store.Count, _store.Bytes));
    }

    [Fact]
    public async Task What_is_removed_gives_its_room_back()
    {
        Assert.True(await _store.PutAsync(Make.Blocks(2), default));
        await _store.RemoveAsync([Make.Block(1).Cid, Make.Block(9).Cid], default);
        Assert.Equal((1, 100L), (_store.Count, _store.Bytes));
        Assert.Null(await _store.FindAsync(Make.Block(1).Cid, default));
        Assert.Null(await _store.LengthAsync(Make.Block(1).Cid, default));
        Assert.False(await _store.HasAsync(Make.Block(1).Cid, default));
        Assert.True(await _store.PutAsync([Make.Block(3)], default));
    }
}
