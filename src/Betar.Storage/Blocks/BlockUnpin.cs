using Betar.Libp2p.Multiformats;
using Betar.Storage.Database;

namespace Betar.Storage.Blocks;

/// <summary>Takes a pin back. The result says whether there was one.</summary>
internal sealed class BlockUnpin(Multihash root, PreparedStatements prepared, CancellationToken cancellation) : BlockOperation<bool>(prepared, cancellation)
{
    protected override bool Run() => Prepare(BlockSql.Unpin, root).Run() > 0;
}
