using Betar.Storage.Database;

namespace Betar.Storage.Blocks;

/// <summary>Removes all that is not pinned. The result is how many bytes that were.</summary>
internal sealed class BlockSweep(PreparedStatements prepared, CancellationToken cancellation) : BlockOperation<long>(prepared, cancellation)
{
    protected override long Run()
    {
        var bytes = Number(Prepare(BlockSql.UnpinnedBytes))!.Value;
        Prepare(BlockSql.DropUnpinned).Run();
        AddBytes(-bytes);
        return bytes;
    }
}
