using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Multiformats;

namespace Betar.Node.Peering.Market;

/// <summary>All of a store that holds nothing but what is meant for everybody: here signed records, which nobody pins one by one.</summary>
internal sealed class PublishedBlocks(IBlockStore store) : IPublishedBlocks
{
    public async ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken) => (await store.FindAsync(cid, cancellationToken))?.Length;

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) => store.FindAsync(cid, cancellationToken);
}
