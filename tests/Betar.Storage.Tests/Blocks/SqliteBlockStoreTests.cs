using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Multiformats;
using Betar.Storage.Blocks;
using Betar.Storage.Market;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.Blocks;

public sealed class SqliteBlockStoreTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private MarketDatabase _database = null!;
    private IMarketBlocks _store = null!;

    public Task InitializeAsync()
    {
        Reopen();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_block_is_found_by_its_hash_whatever_its_name_and_after_a_restart()
    {
        var block = Block(1);
        Assert.True(await _store.PutAsync([block], default));
        await _database.DisposeAsync();
        Reopen();

        foreach (var name in new[] { block.Cid, Cid.CreateVersion0(block.Cid.Hash), Cid.Create(CidCodec.DagPb, block.Cid.Hash) })
        {
            Assert.True(await _store.HasAsync(name, default));
            Assert.Equal(block.Data.ToArray(), (await ((IBlockStore)_store).FindAsync(name, default))!.Value.ToArray());
        }

        Assert.Equal(100, await _store.BytesAsync(default));
        Assert.False(await _store.HasAsync(Block(2).Cid, default));
        Assert.Null(await ((IBlockStore)_store).FindAsync(Block(2).Cid, default));
    }

    [Fact]
    public async Task The_same_block_twice_is_kept_once()
    {
        Assert.True(await _store.PutAsync([Block(1), Block(1)], default));
        Assert.True(await _store.PutAsync([Block(1)], default));
        Assert.Equal(100, await _store.BytesAsync(default));
    }

    [Fact]
    public async Task An_empty_block_is_a_block()
    {
        var empty = Block(1, 0);
        Assert.True(await _store.PinAsync(empty.Cid, [empty], publish: true, default));
        Assert.Equal(0, await _store.LengthAsync(empty.Cid, default));
        Assert.Equal(0, (await ((IBlockStore)_store).FindAsync(empty.Cid, default))!.Value.Length);
    }

    [Fact]
    public async Task Only_what_is_pinned_for_everybody_is_published()
    {
        Assert.True(await _store.PutAsync([Block(1)], default));
        Assert.True(await _store.PinAsync(Block(2).Cid, [Block(2)], publish: false, default));
        Assert.True(await _store.PinAsync(Block(3).Cid, [Block(3), Block(4)], publish: true, default));

        Assert.Equal([null, null, 100, 100], await LengthsAsync(1, 2, 3, 4));
        Assert.Null(await ((IPublishedBlocks)_store).FindAsync(Block(2).Cid, default));
        Assert.NotNull(await ((IPublishedBlocks)_store).FindAsync(Block(4).Cid, default));

        // What one root keeps to itself another may publish.
        Assert.True(await _store.PinAsync(Block(9).Cid, [Block(9), Block(2)], publish: true, default));
        Assert.Equal([100], await LengthsAsync(2));
        await _store.UnpinAsync(Block(9).Cid, default);
        await _store.UnpinAsync(Block(3).Cid, default);
        Assert.Equal([null, null, null, null], await LengthsAsync(2, 3, 4, 9));
        Assert.True(await _store.HasAsync(Block(4).Cid, default));
    }

    [Fact]
    public async Task A_new_pin_of_a_root_replaces_the_old_one()
    {
        Assert.True(await _store.PinAsync(Block(1).Cid, [Block(1), Block(2)], publish: true, default));
        Assert.True(await _store.PinAsync(Block(1).Cid, [Block(1), Block(3)], publish: true, default));

        Assert.Equal([100, null, 100], await LengthsAsync(1, 2, 3));
        Assert.Equal(100, await _store.RemoveUnpinnedAsync(default));
        Assert.Equal([true, false, true], await HasAsync(1, 2, 3));
        Assert.Equal(200, await _store.BytesAsync(default));
    }

    [Fact]
    public async Task The_oldest_that_are_not_pinned_make_room()
    {
        Reopen(450);
        Assert.True(await _store.PutAsync([Block(1)], default));
        Assert.True(await _store.PinAsync(Block(2).Cid, [Block(2)], publish: false, default));
        Assert.True(await _store.PutAsync([Block(3), Block(4)], default));

        Assert.True(await _store.PutAsync([Block(5), Block(6)], default));

        Assert.Equal([false, true, false, true, true, true], await HasAsync(1, 2, 3, 4, 5, 6));
        Assert.Equal(400, await _store.BytesAsync(default));
        Assert.Empty(_store.Meter.Hits);
    }

    [Fact]
    public async Task Without_room_nothing_is_kept_and_nothing_leaves()
    {
        Reopen(350);
        Assert.True(await _store.PinAsync(Block(1).Cid, [Block(1), Block(2)], publish: true, default));
        Assert.True(await _store.PutAsync([Block(3)], default));

        Assert.False(await _store.PutAsync([Block(4), Block(5)], default));
        Assert.False(await _store.PinAsync(Block(6).Cid, [Block(6, 300)], publish: true, default));
        // What is to be pinned does not make room for itself.
        Assert.False(await _store.PinAsync(Block(3).Cid, [Block(3), Block(7)], publish: true, default));

        Assert.Equal([true, true, true, false, false], await HasAsync(1, 2, 3, 4, 5));
        Assert.Equal(300, await _store.BytesAsync(default));
        Assert.Equal(3, _store.Meter.Hits["blocks.store_quota"]);
    }

    [Fact]
    public async Task A_flood_does_not_grow_the_store_beyond_its_quota_nor_harm_what_is_pinned()
    {
        Reopen(2000);
        Assert.True(await _store.PinAsync(Block(1).Cid, [Block(1)], publish: true, default));
        for (var number = 100; number < 400; number++)
        {
            Assert.True(await _store.PutAsync([Block(number)], default));
            Assert.InRange(await _store.BytesAsync(default), 0, 2000);
        }

        Assert.Equal([100], await LengthsAsync(1));
    }

    [Fact]
    public async Task What_is_removed_is_gone_with_its_pins()
    {
        Assert.True(await _store.PinAsync(Block(1).Cid, [Block(1), Block(2)], publish: true, default));
        await _store.RemoveAsync([Block(2).Cid, Block(9).Cid], default);
        Assert.Equal(100, await _store.BytesAsync(default));
        Assert.True(await _store.PutAsync([Block(2)], default));
        Assert.Equal([100, null], await LengthsAsync(1, 2));
    }

    [Fact]
    public async Task A_block_that_the_disk_changed_is_not_given_out()
    {
        Assert.True(await _store.PutAsync([Block(1)], default));
        await _database.DisposeAsync();
        RawFile.Execute(_folder.File(MarketDatabase.FileName), "UPDATE block SET data = zeroblob(100)");
        Reopen();

        var error = await Assert.ThrowsAsync<StorageException>(async () => await ((IBlockStore)_store).FindAsync(Block(1).Cid, default));
        Assert.Equal(StorageFailure.Corrupt, error.Failure);
    }

    [Fact]
    public void A_quota_that_is_none_is_refused() => Assert.Throws<ArgumentException>(() => _database.OpenBlocks(new BlockStoreOptions { QuotaBytes = 0 }));

    /// <summary>Against a model, and after each write a copy of the files as a process that dies now leaves them.</summary>
    [Fact]
    public async Task After_a_crash_at_any_write_the_store_is_as_it_was_said_to_be()
    {
        Reopen(1500);
        var random = new Random(TestSeed.Value);
        for (var step = 0; step < 60; step++)
        {
            var blocks = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Block(random.Next(30))).ToArray();
            switch (random.Next(5))
            {
                case 0:
                    await _store.PinAsync(blocks[0].Cid, blocks, random.Next(2) == 0, default);
                    break;
                case 1:
                    await _store.UnpinAsync(blocks[0].Cid, default);
                    break;
                case 2:
                    await _store.RemoveAsync([blocks[0].Cid], default);
                    break;
                default:
                    await _store.PutAsync(blocks, default);
                    break;
            }

            var path = Copy(step);
            await using var crashed = MarketDatabase.Open(path);
            var copy = crashed.OpenBlocks();
            var has = await HasAsync(copy, 30);
            Assert.True(has.SequenceEqual(await HasAsync(_store, 30)), $"seed {TestSeed.Value}, step {step}");
            Assert.Equal(has.Count(there => there) * 100L, await copy.BytesAsync(default));
        }
    }

    private static Block Block(int number, int length = 100)
    {
        var data = new byte[length];
        new Random(number).NextBytes(data);
        return new Block(Cid.Create(CidCodec.Raw, Multihash.Sha256(data)), data);
    }

    private void Reopen(long? quota = null)
    {
        if (quota is not null)
            _database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _database = MarketDatabase.Open(_folder.File(MarketDatabase.FileName));
        _store = _database.OpenBlocks(quota is { } bytes ? new BlockStoreOptions { QuotaBytes = bytes } : null);
    }

    private string Copy(int step)
    {
        var target = Directory.CreateDirectory(_folder.File($"crash-{step}")).FullName;
        foreach (var suffix in new[] { "", "-wal" })
            File.Copy(_folder.File(MarketDatabase.FileName + suffix), Path.Combine(target, MarketDatabase.FileName + suffix));
        return Path.Combine(target, MarketDatabase.FileName);
    }

    private Task<List<bool>> HasAsync(params int[] numbers) => HasAsync(_store, numbers);

    private static Task<List<bool>> HasAsync(IMarketBlocks store, int count) => HasAsync(store, [.. Enumerable.Range(0, count)]);

    private static async Task<List<bool>> HasAsync(IMarketBlocks store, int[] numbers) =>
        [.. await Task.WhenAll(numbers.Select(number => store.HasAsync(Block(number).Cid, default).AsTask()))];

    private Task<int?[]> LengthsAsync(params int[] numbers) => Task.WhenAll(numbers.Select(number => _store.LengthAsync(Block(number).Cid, default).AsTask()));
}
