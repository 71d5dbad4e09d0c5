using System.Buffers;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Wire;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.PubSub.Wire;

/// <summary>Frames: their bytes, what is read of them, and what is not.</summary>
public sealed class RpcTests
{
    private static IEnumerable<(string Id, string Record)> Offered(Prune prune) =>
        prune.Offered.Select(offered => (Convert.ToHexStringLower(offered.Id.Span), Convert.ToHexStringLower(offered.Record.Span)));

    private static readonly GossipLimitOptions Limits = new();
    private static readonly IdentityKey Author = IdentityKey.FromEd25519Seed(new byte[32]);

    [Fact]
    public void Subscriptions_are_written_with_their_topic()
    {
        var rpc = new GossipRpc();
        rpc.Subscriptions.Add(new SubscriptionChange(true, "t"));
        Assert.Equal("070a050801120174", Hex(rpc));
    }

    [Fact]
    public void What_does_not_say_that_it_subscribes_does_not()
    {
        Assert.True(RpcReader.TryRead(Convert.FromHexString("0a03120174"), Limits, out var read));
        Assert.Equal([new SubscriptionChange(false, "t")], read.Subscriptions);
    }

    [Fact]
    public void Control_is_written_as_others_write_it()
    {
        var rpc = new GossipRpc();
        rpc.Have.Add(new IHave("t", [new MessageId([0xFF, 1]), new MessageId([2])]));
        rpc.Want.Add(new MessageId([3]));
        rpc.Graft.Add("t");
        rpc.Prune.Add(new Prune("t", TimeSpan.FromSeconds(60)));
        rpc.Prune.Add(new Prune("u", null));
        rpc.DontWant.Add(new MessageId([4]));

        Assert.Equal(
            "291a27" + "0a0a0a01741202ff01120102" + "12030a0103" + "1a030a0174" + "22050a0174183c" + "22030a0175" + "2a030a0104",
            Hex(rpc));
    }

    [Fact]
    public void A_message_is_written_in_the_bytes_in_which_it_came()
    {
        // The fields in another order, as nobody of ours would write them.
        var raw = Convert.FromHexString("22017412013a" + "1a080000000000000007" + "2a0101" + "0a0101");
        Assert.True(WireMessage.TryRead(raw, 256, out var message));
        var rpc = new GossipRpc();
        rpc.Messages.Add(message);

        Assert.Equal("18" + "1216" + Convert.ToHexStringLower(raw), Hex(rpc));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var random = new Random(TestSeed.Value);
        for (var i = 0; i < 200; i++)
        {
            var rpc = Rpcs.Random(random, Author);
            var bytes = Write(rpc, 1 << 20);
            Assert.True(RpcReader.TryRead(Frames(bytes).Single(), Limits, out var read));
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Write(read, 1 << 20)));
            Assert.Equal(rpc.Subscriptions, read.Subscriptions);
            Assert.Equal(rpc.Graft, read.Graft);
            Assert.Equal(0, read.Left);
            Assert.Equal(rpc.Have.SelectMany(have => have.Ids), read.Have.SelectMany(have => have.Ids));
            Assert.Equal(rpc.Want, read.Want);
            Assert.Equal(rpc.Prune.SelectMany(Offered), read.Prune.SelectMany(Offered));
            Assert.Equal(rpc.DontWant, read.DontWant);
        }
    }

    [Fact]
    public void A_long_one_is_split_so_that_no_frame_is_longer_than_others_take()
    {
        const int Most = 20_000;
        var rpc = new GossipRpc();
        rpc.Subscriptions.AddRange(Enumerable.Range(0, 900).Select(i => new SubscriptionChange(true, $"{i}{new string('x', 50)}")));
        rpc.Messages.AddRange(Enumerable.Range(0, 30).Select(i => WireMessage.Sign(Author, "t", (ulong)i, new byte[3000])));
        rpc.Have.Add(new IHave("t", [.. Enumerable.Range(0, 5000).Select(i => new MessageId([.. BitConverter.GetBytes(i), .. new byte[42]]))]));
        rpc.Want.AddRange(rpc.Have[0].Ids);
        rpc.Graft.AddRange(Enumerable.Range(0, 300).Select(i => i + new string('y', 60)));

        var frames = Frames(Write(rpc, Most)).ToList();

        Assert.All(frames, frame => Assert.True(frame.Length <= Most));
        var read = frames.Select(frame =>
        {
            Assert.True(RpcReader.TryRead(frame, Limits, out var part));
            return part;
        }).ToList();
        Assert.Equal(rpc.Subscriptions, read.SelectMany(part => part.Subscriptions));
        Assert.Equal(rpc.Messages.Select(message => message.Id), read.SelectMany(part => part.Messages).Select(message => message.Id));
        Assert.Equal(rpc.Have[0].Ids, read.SelectMany(part => part.Have).SelectMany(have => have.Ids));
        Assert.Equal(rpc.Want, read.SelectMany(part => part.Want));
        Assert.Equal(rpc.Graft, read.SelectMany(part => part.Graft));
    }

    [Theory]
    [InlineData("a field of a later version", "5202010a", true)]
    [InlineData("a subscription with later fields", "0a0b0801120174180120012a00", true)]
    [InlineData("control with a later field", "1a0332 0105", true)]
    [InlineData("a recommendation in PRUNE", "1a0c220a0a017412030a01ff1801", true)]
    [InlineData("a message that is cut", "12050a", false)]
    [InlineData("a subscription that is cut", "0a050801", false)]
    [InlineData("a message that is no protobuf", "1201ff", false)]
    [InlineData("control that is no protobuf", "1a01ff", false)]
    [InlineData("an offer that is no protobuf", "1a030a01ff", false)]
    [InlineData("a request that is no protobuf", "1a031201ff", false)]
    [InlineData("GRAFT that is no protobuf", "1a031a01ff", false)]
    [InlineData("PRUNE that is no protobuf", "1a032201ff", false)]
    [InlineData("a subscription that is no protobuf", "0a01ff", false)]
    [InlineData("messages as a number", "1001", false)]
    [InlineData("control as a number", "1801", false)]
    [InlineData("an offer as a number", "1a020801", false)]
    [InlineData("a group", "0b", false)]
    public void What_others_may_send_and_what_not(string _, string hex, bool read) =>
        Assert.Equal(read, RpcReader.TryRead(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)), Limits, out var _));

    [Fact]
    public void A_name_that_is_no_text_is_passed_over()
    {
        Assert.True(RpcReader.TryRead(Convert.FromHexString("0a060801 1202c328".Replace(" ", string.Empty, StringComparison.Ordinal)), Limits, out var rpc));
        Assert.True(rpc.IsEmpty);
    }

    [Fact]
    public void Who_is_recommended_in_PRUNE_is_written_as_others_write_it()
    {
        var rpc = new GossipRpc();
        rpc.Prune.Add(new Prune("t", TimeSpan.FromSeconds(60)) { Offered = [new OfferedPeer(new byte[] { 1, 2 }, new byte[] { 0xFF }), new OfferedPeer(new byte[] { 3 }, new byte[] { 4 })] });

        Assert.Equal("1a" + "1a18" + "2216" + "0a0174" + "12070a020102" + "1201ff" + "12060a0103" + "120104" + "183c", Hex(rpc));
    }

    [Theory]
    [InlineData("an id and no record", "12030a0105")]
    [InlineData("nothing", "1200")]
    [InlineData("what is no protobuf", "1201ff")]
    [InlineData("a record that is cut", "12031205aa")]
    [InlineData("a number", "1005")]
    public void Who_cannot_be_found_by_it_is_passed_over_and_PRUNE_holds(string _, string offered)
    {
        var prune = "0a0174" + offered + "120412020708" + "183c";
        var control = "22" + (prune.Length / 2).ToString("x2") + prune;
        Assert.True(RpcReader.TryRead(Convert.FromHexString("1a" + (control.Length / 2).ToString("x2") + control), Limits, out var rpc));

        var read = Assert.Single(rpc.Prune);
        Assert.Equal(("t", TimeSpan.FromSeconds(60)), (read.Topic, read.Backoff));
        Assert.Equal([(string.Empty, "0708")], Offered(read));
    }

    [Fact]
    public void A_time_beyond_a_day_is_a_day()
    {
        Assert.True(RpcReader.TryRead(Convert.FromHexString("1a10220e0a017418ffffffffffffffffff01"), Limits, out var rpc));
        Assert.Equal(TimeSpan.FromDays(1), Assert.Single(rpc.Prune).Backoff);
    }

    [Fact]
    public void Entries_beyond_the_limits_are_left_out_while_reading()
    {
        var limits = new GossipLimitOptions { EntriesPerRpc = 3, MessagesPerRpc = 2, IdsPerRpc = 4, TopicNameBytes = 2 };
        var rpc = new GossipRpc();
        rpc.Subscriptions.AddRange([new(true, "a"), new(true, "too long"), new(true, "b")]);
        rpc.Graft.Add("c");
        rpc.Messages.AddRange(Enumerable.Range(0, 3).Select(i => WireMessage.Sign(Author, "t", (ulong)i, default)));
        rpc.Want.AddRange(Enumerable.Range(0, 5).Select(i => new MessageId([(byte)i])));
        rpc.DontWant.Add(new MessageId([9]));

        Assert.True(RpcReader.TryRead(Frames(Write(rpc, 1 << 20)).Single(), limits, out var read));

        Assert.Equal((2, 0, 2, 4, 0), (read.Subscriptions.Count, read.Graft.Count, read.Messages.Count, read.Want.Count, read.DontWant.Count));
        Assert.Equal(1 + 1 + 2, read.Left);
    }

    [Fact]
    public void Names_of_messages_that_cannot_be_are_left_out()
    {
        var rpc = new GossipRpc();
        rpc.Want.AddRange([new MessageId(new byte[64]), new MessageId(new byte[65]), new MessageId([])]);
        Assert.True(RpcReader.TryRead(Frames(Write(rpc, 1 << 20)).Single(), Limits, out var read));
        Assert.Equal((1, 2), (read.Want.Count, read.Left));
    }

    [Fact]
    public void Nothing_is_written_for_nothing() => Assert.Empty(Write(new GossipRpc(), 1 << 20));

    private static string Hex(GossipRpc rpc) => Convert.ToHexStringLower(Write(rpc, 1 << 20));

    private static byte[] Write(GossipRpc rpc, int most)
    {
        var output = new ArrayBufferWriter<byte>();
        new RpcWriter(output, most).Write(rpc);
        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<byte[]> Frames(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            Assert.True(Varint.TryRead(bytes.AsSpan(at), out var length, out var read));
            yield return bytes.AsSpan(at + read, (int)length).ToArray();
            at += read + (int)length;
        }
    }
}
