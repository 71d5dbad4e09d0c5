using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;
using Xunit.Abstractions;

namespace Betar.Marketplace.Tests.Replication.Hostile;

/// <summary>Peers that send more than anybody can want, for ten minutes.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private static readonly ReplicaOptions Small = new()
    {
        MaxStoreBytes = 4 << 20,
        MaxStoreBytesPerTeller = 512 << 10,
        OwnStoreBytes = 1 << 20,
        NodeBurst = 500,
        NodesPerSecond = 10,
        ByteBurst = 1 << 20,
        BytesPerSecond = 16 * 1024,
        MaxValues = 300,
        MaxQuarantined = 500,
    };

    [Theory]
    [InlineData("keys")]
    [InlineData("chain")]
    [InlineData("loose")]
    [InlineData("wide")]
    [InlineData("silent")]
    public void A_flood_of_10_minutes_stays_within_the_quota_and_honest_writes_go_on(string kind) => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var ours = await OurNode.StartAsync(network, 1, options: Small, policy: new ColonPolicy(), bulk: false);
        await using var honest = await OurNode.StartAsync(network, 2, options: Small, policy: new ColonPolicy(), bulk: false);
        await ours.PutAsync("mine", "0");
        await run.UntilAsync(() => honest["mine"] == "0");
        var liar = new Stranger(network, 9);
        liar.Host.IsSilent = kind == "silent";
        var flood = new Flood(kind);
        for (var minute = 0; minute < 10; minute++)
        {
            for (var second = 0; second < 60; second++)
            {
                var heads = flood.Next();
                liar.Add([.. heads.SelectMany(head => head)]);
                liar.Tell([.. heads.Select(head => head[^1]).Take(16)]);
                await run.Wait(TimeSpan.FromSeconds(1));
            }

            var word = "verified:" + minute;
            await honest.PutAsync("honest", word);
            await ours.PutAsync("mine", word);
            await run.UntilAsync(
                () => ours["honest"] == word && honest["mine"] == word, TimeSpan.FromSeconds(100), () => $"{kind}, minute {minute}: {ours.Replica.Progress} {honest.Replica.Progress} {ours["honest"]} {honest["mine"]}");
            Assert.True(ours.Replica.Progress.StoreBytes <= Small.MaxStoreBytes + Small.OwnStoreBytes, $"{ours.Replica.Progress}");
        }

        output.WriteLine($"{kind}: {ours.Replica.Progress}, {ours.Replica.Entries.Count} values");
        Assert.True(ours.Replica.Entries.Count <= 2 * Small.MaxValues);
    });

    [Fact]
    public void A_seller_has_only_so_many_values_and_others_have_theirs() => Simulated.Run(async run =>
    {
        var options = new ReplicaOptions { MaxValuesPerSeller = 10 };
        var network = new SimNetwork(run);
        await using var ours = await OurNode.StartAsync(network, 1, options: options, policy: new ColonPolicy());
        var many = Forge.Node(1, [], Enumerable.Range(0, 30).Select(i => (Forge.Key("greedy" + i), "greedy:" + i)));
        var few = Forge.Node(1, [], Enumerable.Range(0, 5).Select(i => (Forge.Key("modest" + i), "modest:" + i)));
        new Stranger(network, 9, [many, few]).Tell(many, few);
        await run.UntilAsync(() => ours.Replica.Progress.Settled == 2);

        Assert.Equal(15, ours.Replica.Entries.Count);
        Assert.Equal(QuarantineReason.SellerQuota, Assert.Single(await ours.Replica.QuarantinedAsync(Forge.Key("greedy10"))).Reason);

        // What it has it may still change, and what it gives up makes room, for what has waited longest.
        var change = Forge.Node(2, [many.Id, few.Id], [(Forge.Key("greedy0"), "greedy:new")], [(Forge.Key("greedy1"), many.Id)]);
        var more = Forge.Put("greedy40", "greedy:40", change);
        new Stranger(network, 10, [change, more]).Tell(more);
        await run.UntilAsync(() => ours.Replica.Progress.Settled == 4);
        Assert.Equal(("greedy:10", null), (ours["greedy10"], ours["greedy40"]));
        Assert.Equal(("greedy:new", null), (ours["greedy0"], ours["greedy1"]));
    });

    [Fact]
    public void When_there_is_no_room_unverified_values_give_way_to_verified_ones_only() => Simulated.Run(async run =>
    {
        var options = new ReplicaOptions { MaxValues = 10 };
        var network = new SimNetwork(run);
        await using var ours = await OurNode.StartAsync(network, 1, options: options, policy: new ColonPolicy());
        var first = Forge.Node(1, [], Enumerable.Range(0, 12).Select(i => (Forge.Key("first" + i), "x")));
        var verified = Forge.Node(2, [first.Id], Enumerable.Range(0, 4).Select(i => (Forge.Key("good" + i), "verified:" + i)));
        var late = Forge.Node(3, [verified.Id], [(Forge.Key("late"), "x")]);
        new Stranger(network, 9, [first, verified, late]).Tell(late);
        await run.UntilAsync(() => ours.Replica.Progress.Settled == 3);

        Assert.Equal(10, ours.Replica.Entries.Count);
        Assert.All(Enumerable.Range(0, 4), i => Assert.NotNull(ours["good" + i]));
        Assert.All(Enumerable.Range(0, 6), i => Assert.NotNull(ours["first" + i]));
        Assert.Equal(QuarantineReason.GaveWay, Assert.Single(await ours.Replica.QuarantinedAsync(Forge.Key("first9"))).Reason);
        Assert.Equal(QuarantineReason.NoRoom, Assert.Single(await ours.Replica.QuarantinedAsync(Forge.Key("late"))).Reason);
    });

    [Fact]
    public void A_full_store_drops_what_waits_on_the_word_of_whom_most_waits() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var ours = await OurNode.StartAsync(network, 1, options: new ReplicaOptions { MaxStoreBytes = 1 << 20 }, bulk: false);
        var chain = new List<ReplicaNode>();
        for (var i = 0; i < 60; i++)
            chain.Add(Forge.Put("k" + i, new string('x', 30_000), chain.Count == 0 ? [] : [chain[^1]]));
        new Stranger(network, 9, chain).Tell(chain[^1]);
        await run.Wait(TimeSpan.FromSeconds(30));
        Assert.True(ours.Replica.Progress.StoreBytes < 1 << 20);

        var honest = Forge.Put("honest", "1");
        new Stranger(network, 10, [honest]).Tell(honest);
        await run.UntilAsync(() => ours["honest"] == "1");
        await ours.PutAsync("mine", "1");
        Assert.Equal("1", ours["mine"]);
    });

    private sealed class Flood(string kind)
    {
        private int _count;
        private ReplicaNode? _last;

        /// <summary>For each head the nodes that it needs, itself last.</summary>
        public List<ReplicaNode[]> Next() => kind switch
        {
            "keys" => [.. Enumerable.Range(0, 16).Select(_ => new[] { Forge.Put("key" + ++_count, new string('x', 500)) })],
            "chain" => [Chain()],
            "wide" => [Wide()],
            "loose" => [.. Enumerable.Range(0, 16).Select(_ => new[] { Forge.Node(7, [NodeId.Of(BitConverter.GetBytes(++_count))], [(Forge.Key("loose" + _count), "x")]) })],
            _ => [.. Enumerable.Range(0, 16).Select(_ => new[] { Forge.Put("silent" + ++_count, "x") })],
        };

        private ReplicaNode[] Chain() => [.. Enumerable.Range(0, 100).Select(_ => _last = Forge.Put("chain" + ++_count, new string('x', 2_000), _last is null ? [] : [_last]))];

        private ReplicaNode[] Wide()
        {
            ReplicaNode[] leaves = [.. Enumerable.Range(0, 50).Select(_ => Forge.Put("wide" + ++_count, new string('x', 1_000)))];
            return [.. leaves, Forge.Put("top" + ++_count, "x", leaves)];
        }
    }
}
