using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Store;

/// <summary>Where blocks are kept. A block is found by its hash, whatever version or codec the name that is asked with has.</summary>
public interface IBlockStore
{
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken);

    ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken);

    /// <summary>Keeps blocks whose hashes were checked, all or none. False: the quota is used up.</summary>
    ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken);

    ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken);
}
