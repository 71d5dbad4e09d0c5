using Betar.Interop.Tests.Libp2p;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.PubSub;

namespace Betar.Interop.Tests.PubSub;

/// <summary>GossipSub of js-libp2p: it signs and checks every signature, as we do.</summary>
public sealed class GossipTests(PartnerFixture partner) : InteropCase(partner)
{
    [Theory]
    [InlineData(true, "/meshsub/1.2.0")]
    [InlineData(false, "/meshsub/1.2.0")]
    [InlineData(true, "/meshsub/1.1.0")]
    [InlineData(false, "/meshsub/1.1.0")]
    [InlineData(true, "/meshsub/1.0.0")]
    [InlineData(false, "/meshsub/1.0.0")]
    public async Task Signed_messages_go_both_ways(bool weDial, string protocol)
    {
        var theirs = protocol == "/meshsub/1.2.0" ? null : new[] { protocol };
        await using var pair = await GossipPair.StartAsync(Partner, weDial, new { protocols = theirs ?? ["/meshsub/1.2.0", "/meshsub/1.1.0", "/meshsub/1.0.0"] });
        Assert.Equal(protocol, pair.TheirProtocol);

        Assert.Equal(1, await pair.Part.PublishAsync("ours"u8.ToArray()));
        var heard = await pair.TheyHeardAsync(1);
        Assert.Equal((pair.Ours.PeerId, "6f757273", pair.Gossip.LastSequence.ToString(System.Globalization.CultureInfo.InvariantCulture)), (heard.Text("from"), heard.Text("hex"), heard.Text("sequence")));

        Assert.Equal([pair.Ours.PeerId], (await pair.TheySayAsync("theirs"u8.ToArray()))["recipients"].Strings());
        var message = await pair.WeHeardAsync();
        Assert.Equal((pair.Theirs.PeerId, pair.Theirs.PeerId, "theirs"), (message.Author.ToString(), message.Sender.ToString(), System.Text.Encoding.UTF8.GetString(message.Data.Span)));
        Assert.All(pair.Gossip.Scores, score => Assert.True(score.Score >= 0));
    }

    [Theory]
    [InlineData("secp256k1")]
    [InlineData("RSA")]
    public async Task Messages_of_their_other_keys_are_right_too(string keyType)
    {
        await using var pair = await GossipPair.StartAsync(Partner, weDial: true, keyType: keyType);
        await pair.TheySayAsync([1, 2, 3]);
        Assert.Equal(pair.Theirs.PeerId, (await pair.WeHeardAsync()).Author.ToString());
    }

    [Fact]
    public async Task They_take_us_into_their_mesh_and_we_take_them_into_ours()
    {
        await using var pair = await GossipPair.StartAsync(Partner, weDial: true);
        await pair.Theirs.AskAsync("inMesh", new { peer = pair.Ours.PeerId, topic = GossipPair.Topic });
        Assert.True(pair.Gossip.Scores.Single().Topics.Single().InMesh);
    }

    [Fact]
    public async Task Large_messages_and_many_arrive_once()
    {
        await using var pair = await GossipPair.StartAsync(Partner, weDial: false);
        var large = Pattern.Create(60_000, 7);
        await pair.Part.PublishAsync(large);
        Assert.Equal(Convert.ToHexStringLower(large), (await pair.TheyHeardAsync(1)).Text("hex"));
        await pair.TheySayAsync(large);
        Assert.Equal(large, (await pair.WeHeardAsync()).Data.ToArray());

        for (byte i = 0; i < 100; i++)
            await pair.Part.PublishAsync(new[] { i });
        await pair.TheyHeardAsync(101);
        for (byte i = 0; i < 100; i++)
            await pair.TheySayAsync([i]);
        var heard = new List<byte>();
        for (var i = 0; i < 100; i++)
            heard.Add((await pair.WeHeardAsync()).Data.Span[0]);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), heard.Order());
    }

    [Fact]
    public async Task A_message_of_theirs_is_passed_on_to_another_of_theirs_with_its_signature()
    {
        await using var pair = await GossipPair.StartAsync(Partner, weDial: true);
        await using var other = await Partner.StartAsync(new { gossip = new { } });
        await other.AskAsync("subscribe", new { topic = GossipPair.Topic });
        await other.DialAsync(pair.Ours.Address);
        await other.AskAsync("takesPart", new { peer = pair.Ours.PeerId, topic = GossipPair.Topic });
        await other.AskAsync("inMesh", new { peer = pair.Ours.PeerId, topic = GossipPair.Topic });

        await pair.TheySayAsync([42]);

        var heard = (await other.AskAsync("heard", new { count = 1 }))["messages"]![0]!.AsObject();
        Assert.Equal((pair.Theirs.PeerId, pair.Ours.PeerId, "2a"), (heard.Text("from"), heard.Text("source"), heard.Text("hex")));
    }

    [Fact]
    public async Task What_we_leave_they_know()
    {
        await using var pair = await GossipPair.StartAsync(Partner, weDial: true);
        await pair.Part.DisposeAsync();
        await pair.Theirs.AskAsync("takesPart", new { peer = pair.Ours.PeerId, topic = GossipPair.Topic, not = true });
    }

    [Fact]
    public async Task A_new_stream_is_opened_when_theirs_come_back()
    {
        await using var pair = await GossipPair.StartAsync(Partner, weDial: false);
        await pair.Theirs.AskAsync("hangUp", new { peer = pair.Ours.PeerId });
        await pair.Ours.GoneAsync();
        await pair.Theirs.DialAsync(pair.Ours.Address);
        await pair.MeetAsync();
        await pair.TheySayAsync([1]);
        Assert.Equal(1, (await pair.WeHeardAsync()).Data.Span[0]);
    }
}
