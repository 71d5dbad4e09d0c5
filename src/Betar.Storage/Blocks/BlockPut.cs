using Betar.Blocks;
using Betar.Libp2p.Multiformats;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Blocks;

/// <summary>Keeps blocks, pinned to a root or not. The oldest of those that are not pinned make room; false: that is not enough.</summary>
internal sealed class BlockPut(
    IReadOnlyList<Block> blocks, Multihash? root, bool publish, long quota, PreparedStatements prepared, CancellationToken cancellation) : BlockOperation<bool>(prepared, cancellation)
{
    protected override bool Run()
    {
        var all = blocks.DistinctBy(block => block.Cid.Hash).ToList();
        var added = all.Where(block => Number(Prepare(BlockSql.Size, block.Cid.Hash)) is null).ToList();
        var bytes = added.Sum(block => (long)block.Data.Length);
        var room = quota - Number(Prepare(BlockSql.Bytes))!.Value;
        if (bytes > room)
        {
            var staying = all.Select(block => block.Cid.Hash).ToHashSet();
            if (Leaving(bytes - room, staying) is not { } leaving)
                return false;
            foreach (var (hash, size) in leaving)
            {
                Prepare(BlockSql.Drop).Bind(1, hash).Run();
                bytes -= size;
            }
        }

        foreach (var block in added)
            Prepare(BlockSql.Put, block.Cid.Hash).Bind(2, block.Data.Length).Bind(3, block.Data.Span).Run();
        AddBytes(bytes);
        if (root is not null)
            Pin(root, all);
        return true;
    }

    private void Pin(Multihash root, List<Block> all)
    {
        Prepare(BlockSql.Unpin, root).Run();
        foreach (var block in all)
            Prepare(BlockSql.Pin, root).Bind(2, block.Cid.Hash.Bytes.Span).Bind(3, publish ? 1 : 0).Run();
    }

    /// <summary>The oldest that are not pinned, until they are so many bytes; null: there are not so many.</summary>
    private List<(byte[] Hash, long Size)>? Leaving(long needed, HashSet<Multihash> staying)
    {
        var leaving = new List<(byte[], long)>();
        var unpinned = Prepare(BlockSql.Unpinned);
        try
        {
            while (needed > 0 && unpinned.Step())
            {
                var hash = unpinned.GetBlob(0).ToArray();
                if (Multihash.TryDecode(hash, out var decoded) && staying.Contains(decoded))
                    continue;
                leaving.Add((hash, unpinned.GetInt64(1)));
                needed -= unpinned.GetInt64(1);
            }
        }
        finally
        {
            unpinned.Reset();
        }

        return needed > 0 ? null : leaving;
    }
}
