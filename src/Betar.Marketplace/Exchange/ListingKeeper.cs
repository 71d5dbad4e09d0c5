using System.Text;
using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Records;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>
/// Writes what changed to the store and the records' blocks to the block store, many at once and never in anybody's way. A listing's newest
/// record is pinned, and takes the place of the one before.
/// </summary>
internal sealed class ListingKeeper(MarketView view, IListingStore store, IPinnedBlocks blocks, IBlockAnnouncer? announcer)
{
    private const int MaxBatch = 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private List<(string Id, Block Block)> _blocks = [];

    public void Keep(SignedListing record)
    {
        lock (_lock)
        {
            _blocks.Add((record.Record.Id, new Block(record.Cid, record.Envelope)));
            Touch(record.Record.Id);
        }
    }

    /// <summary>Something else is known of it than was written.</summary>
    public void Touch(string id)
    {
        lock (_lock)
        {
            _changed.Add(id);
            _forgotten.Remove(id);
        }
    }

    public void Forget(IReadOnlyList<string> ids)
    {
        lock (_lock)
        {
            foreach (var id in ids)
            {
                _forgotten.Add(id);
                _changed.Remove(id);
            }
        }
    }

    /// <summary>Completes when all that was given before is on disk. What cannot be written now is tried again next time.</summary>
    /// <returns>False: the block store has no room for the records; they are known and pushed all the same.</returns>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        List<(string Id, Block Block)> blocksNow;
        string[] changed, forgotten;
        lock (_lock)
        {
            (blocksNow, _blocks) = (_blocks, []);
            (changed, forgotten) = ([.. _changed], [.. _forgotten]);
            _changed.Clear();
            _forgotten.Clear();
        }

        var room = true;
        var done = false;
        try
        {
            foreach (var part in blocksNow.Chunk(MaxBatch))
                room &= (await Task.WhenAll(part.Select(kept => blocks.PinAsync(RootOf(kept.Id), [kept.Block], publish: true, cancellationToken).AsTask()))).All(pinned => pinned);
            foreach (var part in changed.Chunk(MaxBatch))
                await store.PutAsync([.. part.Select(RowOf).OfType<ListingRow>()], cancellationToken);
            if (forgotten.Length > 0)
                await store.RemoveAsync(forgotten, cancellationToken);
            foreach (var part in forgotten.Chunk(MaxBatch))
                await Task.WhenAll(part.Select(id => blocks.UnpinAsync(RootOf(id), cancellationToken).AsTask()));
            done = true;
            if (announcer is not null && blocksNow.Count > 0)
                await announcer.AnnounceAsync([.. blocksNow.Select(kept => kept.Block.Cid)], cancellationToken);
            return room;
        }
        finally
        {
            if (!done)
                PutBack(blocksNow, changed, forgotten);
        }
    }

    /// <summary>What a listing's record is pinned by: nothing has that name, but there is one for each listing.</summary>
    private static Cid RootOf(string id) => Cid.Create(CidCodec.Raw, Multihash.Sha256(Encoding.UTF8.GetBytes("listing " + id)));

    private void PutBack(List<(string Id, Block Block)> blocksThen, string[] changed, string[] forgotten)
    {
        lock (_lock)
        {
            _blocks.AddRange(blocksThen);
            _changed.UnionWith(changed);
            _forgotten.UnionWith(forgotten.Except(_changed));
        }
    }

    private ListingRow? RowOf(string id) => view.RowOf(id);
}
