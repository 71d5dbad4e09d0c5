using System.Diagnostics.Metrics;
using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Syncing;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;
using Xunit.Abstractions;

namespace Betar.Marketplace.Tests.Replication.Syncing;

public sealed class BulkSyncTests(ITestOutputHelper output)
{
    [Fact]
    public void A_newcomer_takes_10_000_listings_of_a_node_of_ours_within_2_seconds() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        for (var i = 0; i < 10_000; i += 200)
        {
            await one.Replica.WriteAsync(
                [.. Enumerable.Range(i, 200).Select(number => new ReplicaWrite(Forge.Key("listing" + number), Forge.Bytes(new string('x', 370))))], default);
        }

        await using var newcomer = await OurNode.StartAsync(network, 2);
        var took = await run.UntilAsync(() => newcomer.Replica.Entries.Count == 10_000 && newcomer.Heads() == one.Heads(), TimeSpan.FromSeconds(2));

        output.WriteLine($"{took.TotalMilliseconds} ms virtual, {newcomer.Host.Pages} pages");
    });

    [Fact]
    public void A_chain_that_an_original_wrote_comes_in_pages_too() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var chain = Forge.Chain(3_000);
        var stranger = new Stranger(network, 9, chain);
        await using var one = await OurNode.StartAsync(network, 1);
        stranger.Tell(chain[^1]);
        await run.UntilAsync(() => one.Replica.Progress.Settled == 3_000, TimeSpan.FromMinutes(5));
        network.Remove(stranger.Host);

        await using var newcomer = await OurNode.StartAsync(network, 2);
        var took = await run.UntilAsync(() => newcomer.Replica.Progress.Settled == 3_000, TimeSpan.FromSeconds(5));

        output.WriteLine($"{took.TotalMilliseconds} ms virtual, {newcomer.Host.Pages} pages, {newcomer.Host.Fetches} fetches");
        Assert.True(Waiting.Agree(one, newcomer));
    });

    [Fact]
    public void It_goes_on_where_it_stopped() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var options = new ReplicaOptions { SyncPageBytes = 64 * 1024, SyncInterval = TimeSpan.Zero };
        await using var one = await OurNode.StartAsync(network, 1);
        for (var i = 0; i < 100; i++)
            await one.PutAsync("k" + i, new string('x', 3_000));
        await using var two = await OurNode.StartAsync(network, 2, options: options);
        await run.UntilAsync(() => two.Replica.Progress.Settled > 20);
        network.SetConnected([one.Host], [two.Host], false);
        await run.Wait(TimeSpan.FromSeconds(1));
        var (settled, pages) = (two.Replica.Progress.Settled, two.Host.Pages);
        Assert.InRange(settled, 21, 99);

        network.SetConnected([one.Host], [two.Host], true);
        await run.UntilAsync(() => two.Replica.Progress.Settled == 100);

        Assert.InRange(two.Host.Pages - pages, 1, 5);
        Assert.True(Waiting.Agree(one, two));
    });

    [Fact]
    public void A_liar_in_it_can_do_no_more_than_one_in_gossip() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var ours = await OurNode.StartAsync(network, 1);
        await ours.PutAsync("seller", "honest");
        var poison = Forge.Node(ulong.MaxValue, [], [(Forge.Key("seller"), "mine now")]);
        var loose = Forge.Node(99, [NodeId.Of("nobody"u8)], [(Forge.Key("seller"), "mine now")]);
        var pages = 0;
        var liar = new Stranger(network, 9);
        liar.Host.AnswerSync = _ => new(pages++ switch
        {
            0 => SyncCodec.Encode(new SyncPage(Guid.NewGuid(), 5, true, [poison.Data, loose.Data, "garbage"u8.ToArray()])),
            1 => "no page"u8.ToArray(),
            _ => default(ReadOnlyMemory<byte>),
        });
        liar.Host.Leave();
        liar.Host.Listen(Stranger.Topic, (_, _) => { });
        liar.Tell(loose);
        await run.Wait(TimeSpan.FromSeconds(10));

        Assert.True(pages >= 1);
        Assert.Equal("honest", ours["seller"]);
        await ours.PutAsync("seller", "honest 2");
        Assert.Equal("honest 2", ours["seller"]);
    });

    [Fact]
    public void Pages_count_against_the_word_of_who_sends_them() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var options = new ReplicaOptions { NodeBurst = 100, NodesPerSecond = 10 };
        await using var ours = await OurNode.StartAsync(network, 1, options: options);
        var number = 0;
        var liar = network.Add(9);
        liar.AnswerSync = _ => new(SyncCodec.Encode(new SyncPage(Guid.NewGuid(), ++number, true, [.. Enumerable.Range(0, 50).Select(i => Forge.Put($"k{number}-{i}", "x").Data)])));
        liar.Listen(Stranger.Topic, (_, _) => { });

        await run.Wait(TimeSpan.FromSeconds(60));

        Assert.InRange(ours.Replica.Progress.Settled, 600, 800);
    });

    [Fact]
    public void A_peer_without_it_is_walked() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1, bulk: false);
        for (var i = 0; i < 20; i++)
            await one.PutAsync("k" + i, "v");
        await using var two = await OurNode.StartAsync(network, 2);

        await run.UntilAsync(() => Waiting.Agree(one, two));
    });

    [Fact]
    public void What_is_no_request_gets_no_answer() => Simulated.Run(async run =>
    {
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        await one.PutAsync("a", "1");

        Assert.Equal(0, (await one.Replica.AnswerSyncAsync("nonsense"u8.ToArray(), default)).Length);
        var page = SyncCodec.DecodePage(await one.Replica.AnswerSyncAsync(SyncCodec.Encode(new SyncRequest(Guid.Empty, 0, [], 1)), default))!;
        Assert.Equal((1, 1L, false), (page.Nodes.Count, page.Last, page.HasMore));
    });

    /// <summary>Who comes when all places are taken gets nothing and is counted; a place that is free again is taken again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_pages_are_read_for_others_at_one_time_than_allowed(int most) => Simulated.Run(async run =>
    {
        var hits = 0;
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "betar.replica.limit_hits")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((_, _, tags, _) => hits += tags[0].Value as string == nameof(ReplicaOptions.MaxSyncServed) ? 1 : 0);
        meter.Start();
        var letGo = new TaskCompletionSource();
        var options = new ReplicaOptions { MaxSyncServed = most };
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1, new HeldStore(new MemoryReplicaStore(), letGo.Task), options);
        await one.PutAsync("a", "1");
        var request = SyncCodec.Encode(new SyncRequest(Guid.Empty, 0, [], 1));
        Task<ReadOnlyMemory<byte>>[] served = [.. Enumerable.Range(0, most).Select(_ => one.Replica.AnswerSyncAsync(request, default).AsTask())];

        Assert.Equal(0, (await one.Replica.AnswerSyncAsync(request, default)).Length);
        Assert.Equal(0, (await one.Replica.AnswerSyncAsync(request, default)).Length);
        Assert.All(served, page => Assert.False(page.IsCompleted));
        Assert.Equal(2, hits);

        letGo.SetResult();
        foreach (var page in served)
            Assert.Single(SyncCodec.DecodePage(await page)!.Nodes);
        Assert.Single(SyncCodec.DecodePage(await one.Replica.AnswerSyncAsync(request, default))!.Nodes);
    });

    [Fact]
    public void Somebody_with_our_heads_gets_only_what_came_after_them() => Simulated.Run(async run =>
    {
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        for (var i = 0; i < 5; i++)
            await one.PutAsync("k" + i, "v");
        Assert.True(NodeId.TryFrom(one.Replica.Find(Forge.Key("k2"))!.Node, out var third));

        var page = SyncCodec.DecodePage(await one.Replica.AnswerSyncAsync(SyncCodec.Encode(new SyncRequest(Guid.Empty, 0, [third], 1 << 20)), default))!;

        Assert.Equal(2, page.Nodes.Count);
    });
}
