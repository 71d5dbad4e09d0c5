using Betar.Blocks;
using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Multiformats;
using Betar.Storage.Database;
using Betar.Storage.Market;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Blocks;

/// <summary>
/// Blocks in a <see cref="MarketDatabase"/>. They are checked by who puts them, and again when they are read: a disk that forgot must not make us
/// send, or believe, something else.
/// </summary>
internal sealed class SqliteBlockStore(MarketDatabase database, BlockStoreOptions options) : IMarketBlocks
{
    public BlocksMeter Meter { get; } = new();

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) => FindAsync(BlockSql.Find, cid, cancellationToken);

    public async ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken) => await NumberAsync(BlockSql.Size, cid, cancellationToken) is not null;

    ValueTask<ReadOnlyMemory<byte>?> IPublishedBlocks.FindAsync(Cid cid, CancellationToken cancellationToken) => FindAsync(BlockSql.FindPublished, cid, cancellationToken);

    public async ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken) => (int?)await NumberAsync(BlockSql.SizePublished, cid, cancellationToken);

    public ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken) => PutAsync(blocks, null, false, cancellationToken);

    public ValueTask<bool> PinAsync(Cid root, IReadOnlyList<Block> blocks, bool publish, CancellationToken cancellationToken) =>
        PutAsync(blocks, root.Hash, publish, cancellationToken);

    public async ValueTask UnpinAsync(Cid root, CancellationToken cancellationToken) =>
        await database.WriteAsync(new BlockUnpin(root.Hash, database.Prepared, cancellationToken)).ConfigureAwait(false);

    public ValueTask<long> RemoveUnpinnedAsync(CancellationToken cancellationToken) => database.WriteAsync(new BlockSweep(database.Prepared, cancellationToken));

    public async ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken) =>
        await database.WriteAsync(new BlockRemoval([.. cids.Select(cid => cid.Hash)], database.Prepared, cancellationToken)).ConfigureAwait(false);

    public ValueTask<long> BytesAsync(CancellationToken cancellationToken) => database.ReadAsync(0, static (reader, _) =>
    {
        SqliteStatement sum = reader.Prepare(BlockSql.Bytes);
        try
        {
            return sum.Step() ? sum.GetInt64(0) : 0;
        }
        finally
        {
            sum.Reset();
        }
    }, cancellationToken);

    private async ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, Multihash? root, bool publish, CancellationToken cancellationToken)
    {
        var kept = await database.WriteAsync(new BlockPut(blocks, root, publish, options.QuotaBytes, database.Prepared, cancellationToken)).ConfigureAwait(false);
        if (!kept)
            Meter.HitQuota();
        return kept;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> FindAsync(string sql, Cid cid, CancellationToken cancellationToken)
    {
        var data = await database.ReadAsync((sql, cid.Hash), static (reader, wanted) =>
        {
            SqliteStatement row = reader.Prepare(wanted.sql).Bind(1, wanted.Hash.Bytes.Span);
            try
            {
                return row.Step() ? row.GetBlob(0).ToArray() : null;
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken).ConfigureAwait(false);
        if (data is null)
            return null;
        if (BlockHash.IsRight(cid, data))
            return data;
        throw new StorageException(StorageFailure.Corrupt, $"The block {cid} in {database.Path} is not what its name says; restore the file or delete it: the network has its content.");
    }

    private ValueTask<long?> NumberAsync(string sql, Cid cid, CancellationToken cancellationToken) => database.ReadAsync((sql, cid.Hash), static (reader, wanted) =>
    {
        SqliteStatement row = reader.Prepare(wanted.sql).Bind(1, wanted.Hash.Bytes.Span);
        try
        {
            return row.Step() ? row.GetInt64(0) : default(long?);
        }
        finally
        {
            row.Reset();
        }
    }, cancellationToken);
}
