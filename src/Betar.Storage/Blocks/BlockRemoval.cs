using Betar.Libp2p.Multiformats;
using Betar.Storage.Database;

namespace Betar.Storage.Blocks;

/// <summary>Removes blocks whether they are pinned or not. The result is how many bytes that were.</summary>
internal sealed class BlockRemoval(IReadOnlyList<Multihash> hashes, PreparedStatements prepared, CancellationToken cancellation) : BlockOperation<long>(prepared, cancellation)
{
    protected override long Run()
    {
        long bytes = 0;
        foreach (var hash in hashes)
        {
            if (Number(Prepare(BlockSql.Size, hash)) is not { } size)
                continue;
            bytes += size;
            Prepare(BlockSql.Drop, hash).Run();
            Prepare(BlockSql.UnpinHash, hash).Run();
        }

        AddBytes(-bytes);
        return bytes;
    }
}
