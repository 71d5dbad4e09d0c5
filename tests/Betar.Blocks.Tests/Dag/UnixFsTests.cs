using Betar.Blocks.Dag;
using Betar.Tests.Shared;

namespace Betar.Blocks.Tests.Dag;

public sealed class UnixFsTests
{
    private const int Piece = UnixFsFile.PieceBytes;

    [Theory]
    [InlineData("0802", UnixFsType.File, 0)]
    [InlineData("08021800", UnixFsType.File, 0)]
    [InlineData("0801", UnixFsType.Directory, 0)]
    [InlineData("0805", UnixFsType.HamtShard, 0)]
    [InlineData("080220032005", UnixFsType.File, 2)] // sizes one by one
    [InlineData("080222020305", UnixFsType.File, 2)] // sizes packed
    [InlineData("080222020305" + "2007", UnixFsType.File, 3)] // both
    [InlineData("08022801" + "3a00" + "4a0208ff" + "4500000000", UnixFsType.File, 0)] // hash, fan-out and time are not looked at
    [InlineData("08000802", UnixFsType.File, 0)] // the last one counts
    public void A_message_is_read(string hex, UnixFsType type, int sizes)
    {
        Assert.True(UnixFsMessage.TryDecode(Convert.FromHexString(hex), out var message));
        Assert.Equal((type, sizes), (message.Type, message.BlockSizes.Count));
    }

    [Theory]
    [InlineData("")] // no type
    [InlineData("1800")]
    [InlineData("0806")] // an unknown type
    [InlineData("08ffffffffffffffffff01")]
    [InlineData("0a00")] // a type as bytes
    [InlineData("08021001")] // data as a number
    [InlineData("08021a00")] // a size as bytes
    [InlineData("08022500000000")] // block sizes as four bytes
    [InlineData("0802120561")] // cut off
    [InlineData("0802220280")]
    [InlineData("08022280")]
    [InlineData("0802ff")]
    public void Other_bytes_are_refused(string hex)
    {
        Assert.False(UnixFsMessage.TryDecode(Convert.FromHexString(hex), out var message));
        Assert.Null(message);
    }

    [Theory]
    [InlineData("0802" + "2001" + "2001" + "2001")]
    [InlineData("0802" + "2203010101")]
    public void Sizes_are_counted_while_they_are_read(string hex)
    {
        Assert.True(UnixFsMessage.TryDecode(Convert.FromHexString(hex), out _, maxSizes: 3));
        Assert.False(UnixFsMessage.TryDecode(Convert.FromHexString(hex), out _, maxSizes: 2));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Piece, 1)]
    [InlineData(Piece + 1, 3)]
    [InlineData(2 * Piece, 3)]
    public void A_file_has_a_block_for_each_piece_and_a_root_over_several(int length, int count)
    {
        var content = Content(length);

        var blocks = UnixFsFile.Build(content);

        Assert.Equal(count, blocks.Count);
        Assert.Equal(content, Join(blocks[^1], blocks));
        Assert.True(Root(blocks).FileSize == (ulong)length);
    }

    [Fact]
    public void A_node_that_is_full_gets_a_parent()
    {
        // Pieces that are all the same make a tree of 174 and 1 without many megabytes of random bytes.
        var content = new byte[(UnixFsFile.LinksPerNode * Piece) + 1];

        var blocks = UnixFsFile.Build(content);

        Assert.Equal(UnixFsFile.LinksPerNode + 1 + 2 + 1, blocks.Count);
        Assert.True(DagPb.TryDecodeStrict(blocks[^1].Data, out var root));
        Assert.Equal(2, root.Links.Count);
        Assert.Equal([(ulong)UnixFsFile.LinksPerNode * Piece, 1ul], Root(blocks).BlockSizes);
        // The size of a link is that of all blocks behind it.
        Assert.Equal((ulong)blocks.SkipLast(1).Sum(block => block.Data.Length), root.Links.Aggregate(0ul, (sum, link) => sum + link.Size));
    }

    private static UnixFsMessage Root(IReadOnlyList<Block> blocks) =>
        DagPb.TryDecodeStrict(blocks[^1].Data, out var node) && UnixFsMessage.TryDecode(node.Data!.Value, out var message) ? message : throw new FormatException();

    private static byte[] Join(Block block, IReadOnlyList<Block> blocks)
    {
        Assert.True(DagPb.TryDecodeStrict(block.Data, out var node));
        Assert.True(UnixFsMessage.TryDecode(node.Data!.Value, out var message));
        Assert.Equal(node.Links.Count, message.BlockSizes.Count);
        return [.. message.Data?.ToArray() ?? [], .. node.Links.SelectMany(link => Join(blocks.First(other => other.Cid.Equals(link.Cid)), blocks))];
    }

    private static byte[] Content(int length)
    {
        var bytes = new byte[length];
        new Random(TestSeed.Value).NextBytes(bytes);
        return bytes;
    }
}
