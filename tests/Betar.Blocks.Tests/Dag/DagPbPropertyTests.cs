using Betar.Blocks.Dag;
using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Blocks.Tests.Dag;

public sealed class DagPbPropertyTests
{
    [Fact]
    public void A_random_node_comes_back() => Assert.All(Enumerable.Range(0, 500), round =>
    {
        var node = RandomNode(new Random(TestSeed.Value + round));
        var bytes = DagPb.Encode(node);

        Assert.True(DagPb.TryDecodeStrict(bytes, out var read), $"seed {TestSeed.Value}, round {round}");

        Assert.Equal(node.Data?.ToArray(), read.Data?.ToArray());
        Assert.Equal(node.Links.OrderBy(link => link.ToString(), StringComparer.Ordinal), read.Links.OrderBy(link => link.ToString(), StringComparer.Ordinal));
        Assert.Equal(bytes, DagPb.Encode(read));
    });

    [Fact]
    public void Whatever_the_bytes_are_reading_ends_and_what_was_read_can_be_written() => Assert.All(Enumerable.Range(0, 3000), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var bytes = DagPb.Encode(RandomNode(random));
        for (var change = random.Next(1, 4); change > 0 && bytes.Length > 0; change--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0)
            bytes = bytes[..random.Next(bytes.Length + 1)];

        var strict = DagPb.TryDecodeStrict(bytes, out _);
        var taken = DagPb.TryDecode(bytes, out var node);

        Assert.True(taken || !strict);
        // What is written of what was read is canonical, though it may have another name.
        if (taken)
            Assert.True(DagPb.TryDecodeStrict(DagPb.Encode(node!), out _), $"seed {TestSeed.Value}, round {round}: {Convert.ToHexString(bytes)}");
    });

    [Fact]
    public void Every_cut_is_refused_or_a_shorter_node()
    {
        var bytes = DagPb.Encode(RandomNode(new Random(TestSeed.Value)) with { Data = new byte[300] });
        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.True(!DagPb.TryDecode(bytes.AsMemory(0, length), out var node) || node.Data is null));
    }

    internal static DagNode RandomNode(Random random) => new(
        [.. Enumerable.Range(0, random.Next(6)).Select(_ => RandomLink(random))],
        random.Next(4) == 0 ? default(ReadOnlyMemory<byte>?) : Bytes(random, random.Next(200)));

    private static DagLink RandomLink(Random random)
    {
        var hash = Multihash.Sha256(Bytes(random, 8));
        var cid = random.Next(4) == 0 ? Cid.CreateVersion0(hash) : Cid.Create(random.Next(2) == 0 ? CidCodec.Raw : CidCodec.DagPb, hash);
        string[] names = ["", "a", "b", "é", "\uFB01", "\U0001F600", "a b"];
        return new DagLink(cid, names[random.Next(names.Length)], (ulong)random.NextInt64(random.Next(2) == 0 ? 2 : long.MaxValue));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
