using System.Collections.Concurrent;
using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Store;

/// <summary>Blocks in memory, all of them published and none of them leaving by itself. For tests and for hosts that keep nothing.</summary>
public sealed class MemoryBlockStore(BlockStoreOptions? options = null) : IBlockStore, IPublishedBlocks, IPinnedBlocks
{
    private readonly long _quota = (options ?? new BlockStoreOptions()).QuotaBytes;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Multihash, ReadOnlyMemory<byte>> _blocks = new();
    private long _bytes;

    public BlocksMeter Meter { get; } = new();

    public int Count => _blocks.Count;

    public long Bytes => Interlocked.Read(ref _bytes);

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_blocks.TryGetValue(cid.Hash, out var data) ? data : default(ReadOnlyMemory<byte>?));

    public ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken) => ValueTask.FromResult(_blocks.ContainsKey(cid.Hash));

    public ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_blocks.TryGetValue(cid.Hash, out var data) ? data.Length : default(int?));

    public ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var added = blocks.Where(block => !_blocks.ContainsKey(block.Cid.Hash)).DistinctBy(block => block.Cid.Hash).ToList();
            var bytes = added.Sum(block => (long)block.Data.Length);
            if (_bytes + bytes > _quota)
            {
                Meter.HitQuota();
                return ValueTask.FromResult(false);
            }

            foreach (var block in added)
                _blocks[block.Cid.Hash] = block.Data;
            Interlocked.Add(ref _bytes, bytes);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var cid in cids)
            {
                if (_blocks.TryRemove(cid.Hash, out var data))
                    Interlocked.Add(ref _bytes, -data.Length);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> PinAsync(Cid root, IReadOnlyList<Block> blocks, bool publish, CancellationToken cancellationToken) => PutAsync(blocks, cancellationToken);

    public ValueTask UnpinAsync(Cid root, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<long> RemoveUnpinnedAsync(CancellationToken cancellationToken) => ValueTask.FromResult(0L);
}
