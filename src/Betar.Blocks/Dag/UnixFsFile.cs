namespace Betar.Blocks.Dag;

/// <summary>
/// Files as the original writes them: pieces of 256 KiB in dag-pb nodes of their own (no raw leaves), 174 links in a node, a tree that is
/// filled from the left and gets a new root when it is full.
/// </summary>
public static class UnixFsFile
{
    public const int PieceBytes = 262_144;
    public const int LinksPerNode = 174;

    /// <summary>The blocks of a file, children before parents; the last one is the root. A small file is one block.</summary>
    public static IReadOnlyList<Block> Build(ReadOnlyMemory<byte> content)
    {
        var blocks = new List<Block>();
        var level = new List<Part>();
        for (var at = 0; at == 0 || at < content.Length; at += PieceBytes)
            level.Add(Leaf(content.Slice(at, Math.Min(PieceBytes, content.Length - at)), blocks));
        while (level.Count > 1)
            level = [.. level.Chunk(LinksPerNode).Select(parts => Parent(parts, blocks))];
        return blocks;
    }

    private static Part Leaf(ReadOnlyMemory<byte> piece, List<Block> blocks)
    {
        // The original writes no data field for an empty file.
        var message = new UnixFsMessage(UnixFsType.File, piece.IsEmpty ? default(ReadOnlyMemory<byte>?) : piece, (ulong)piece.Length, []);
        return Add(new DagNode([], message.Encode()), (ulong)piece.Length, 0, blocks);
    }

    private static Part Parent(Part[] parts, List<Block> blocks)
    {
        var bytes = parts.Aggregate(0ul, (sum, part) => sum + part.FileBytes);
        var message = new UnixFsMessage(UnixFsType.File, null, bytes, [.. parts.Select(part => part.FileBytes)]);
        var node = new DagNode([.. parts.Select(part => new DagLink(part.Block.Cid, Size: part.TreeBytes))], message.Encode());
        return Add(node, bytes, parts.Aggregate(0ul, (sum, part) => sum + part.TreeBytes), blocks);
    }

    private static Part Add(DagNode node, ulong fileBytes, ulong below, List<Block> blocks)
    {
        var block = DagPb.ToBlock(node);
        blocks.Add(block);
        return new Part(block, fileBytes, below + (ulong)block.Data.Length);
    }

    /// <param name="FileBytes">Bytes of the file behind it.</param>
    /// <param name="TreeBytes">Bytes of all blocks behind it, its own too.</param>
    private readonly record struct Part(Block Block, ulong FileBytes, ulong TreeBytes);
}
