using System.Globalization;
using System.Text.Json.Nodes;
using Betar.Blocks.Dag;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Interop.Tests.Blocks;

[Collection(BlocksCollection.Name)]
public sealed class DagPbTests(BlocksFixture partner)
{
    private static readonly string[] Names = ["", "", "a", "b", "é", "\uFB01", "\U0001F600", "a b"];

    [Fact]
    public async Task Random_nodes_have_the_bytes_and_the_names_that_js_gives_them()
    {
        var random = new Random(TestSeed.Value);
        var nodes = Enumerable.Range(0, 300).Select(_ => RandomNode(random)).ToList();

        var answer = await partner.AskAsync("encode", new
        {
            nodes = nodes.Select(node => new
            {
                data = node.Data is { } data ? Convert.ToHexStringLower(data.Span) : null,
                links = node.Links.Select(link => new { cid = link.Cid.ToString(), name = link.Name, size = link.Size }),
            }),
        });

        var theirs = answer["nodes"]!.AsArray();
        for (var i = 0; i < nodes.Count; i++)
        {
            var block = DagPb.ToBlock(nodes[i]);
            Assert.True(
                theirs[i]!["bytes"]!.GetValue<string>() == Convert.ToHexStringLower(block.Data.Span) && theirs[i]!["cid"]!.GetValue<string>() == block.Cid.ToString(),
                $"seed {TestSeed.Value}, node {i}: {Convert.ToHexString(block.Data.Span)}");
        }
    }

    [Fact]
    public async Task Changed_bytes_are_read_as_js_reads_them()
    {
        var random = new Random(TestSeed.Value);
        var blocks = Enumerable.Range(0, 1500).Select(_ => Changed(random, DagPb.Encode(RandomNode(random)))).ToList();

        var answer = await partner.AskAsync("decode", new { nodes = blocks.Select(Convert.ToHexStringLower) });

        var theirs = answer["nodes"]!.AsArray();
        var taken = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            var ours = DagPb.TryDecode(blocks[i], out var node) ? node : null;
            // What js cannot tell: it reads numbers of 53 bits, takes any field number whose low bits are right, wants a CID to be all of its bytes, and
            // believes digests of any length.
            if (theirs[i] is not JsonObject there || ours is null || ours.DeadLinks > 0)
                continue;
            taken++;
            Assert.True(
                there["data"]?.GetValue<string>() == (ours.Data is { } data ? Convert.ToHexStringLower(data.Span) : null)
                && there["links"]!.AsArray().Select(link => link!["cid"]!.GetValue<string>()).SequenceEqual(ours.Links.Select(link => link.Cid.ToString())),
                $"seed {TestSeed.Value}, node {i}: {Convert.ToHexString(blocks[i])}");
        }

        Assert.True(taken > 300, taken.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(UnixFsFile.PieceBytes)]
    [InlineData(UnixFsFile.PieceBytes + 8)]
    [InlineData(3 * UnixFsFile.PieceBytes)]
    [InlineData((UnixFsFile.LinksPerNode * UnixFsFile.PieceBytes) + 16)]
    public async Task A_file_has_the_name_that_the_js_importer_gives_it(int length)
    {
        var cid = (await partner.AskAsync("file", new { number = 5, length })).Text("cid");

        Assert.Equal(cid, UnixFsFile.Build(BlockPair.Pattern(5, length).Data)[^1].Cid.ToString());
    }

    private static DagNode RandomNode(Random random) => new(
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => RandomLink(random))], random.Next(4) == 0 ? default(ReadOnlyMemory<byte>?) : Bytes(random, random.Next(60)));

    private static DagLink RandomLink(Random random)
    {
        var hash = Multihash.Sha256(Bytes(random, 8));
        var cid = random.Next(4) == 0 ? Cid.CreateVersion0(hash) : Cid.Create(random.Next(2) == 0 ? CidCodec.Raw : CidCodec.DagPb, hash);
        return new DagLink(cid, Names[random.Next(Names.Length)], (ulong)random.NextInt64(1L << 53));
    }

    private static byte[] Changed(Random random, byte[] bytes)
    {
        if (bytes.Length > 0 && random.Next(3) > 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
