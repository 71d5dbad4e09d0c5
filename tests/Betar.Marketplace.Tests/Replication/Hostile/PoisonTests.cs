using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Hostile;

/// <summary>Nodes that are meant to break replication: they are walked through, and have no effect.</summary>
public sealed class PoisonTests
{
    [Fact]
    public void A_node_of_the_greatest_height_changes_nothing_and_honest_later_writes_win() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var original = new GoReplica(network, 1);
        await using var one = await OurNode.StartAsync(network, 2);
        await using var two = await OurNode.StartAsync(network, 3);
        for (var i = 0; i < 5; i++)
            original.Put("seller", "honest " + i);
        await run.UntilAsync(() => one["seller"] == "honest 4" && two["seller"] == "honest 4");

        var poison = Forge.Node(ulong.MaxValue, original.Heads, [(Forge.Key("seller"), "mine now")], [(Forge.Key("other"), original.Heads.Single())]);
        new Stranger(network, 9, [poison]).Tell(poison);
        await run.UntilAsync(() => original["seller"] == "mine now" && one.Replica.Heads.Contains(poison.Id.ToCid()));
        Assert.Equal("honest 4", one["seller"]);
        Assert.Equal("honest 4", two["seller"]);
        var why = Assert.Single(await one.Replica.QuarantinedAsync(Forge.Key("seller")));
        Assert.Equal((QuarantineReason.WrongPriority, poison.Id.ToCid()), (why.Reason, why.Node));

        // The original builds on it, and its count wraps to 0; what it writes is honest all the same.
        var wrapped = original.Put("seller", "honest 5");
        Assert.Equal(0UL, NodeCodec.Decode(original.Blocks[wrapped]).Priority);
        original.Put("later", "1");
        await run.UntilAsync(() => one["seller"] == "honest 5" && two["later"] == "1" && Waiting.Agree(one, two));

        // What we write stands at its true height, so that counts are sound again, and takes the poison out of the original.
        await one.PutAsync("seller", "honest 6");
        await run.UntilAsync(() => original["seller"] == "honest 6" && two["seller"] == "honest 6");
        Assert.Equal(9UL, one.Replica.Find(Forge.Key("seller"))!.Priority);
        original.Put("seller", "honest 7");
        await run.UntilAsync(() => one["seller"] == "honest 7" && original["seller"] == "honest 7" && Waiting.Agree(one, two));
        Assert.Equal(original.Heads.Select(head => head.ToCid()), one.Replica.Heads);
    });

    /// <summary>A claim is its own height or one more than its parents claim, as whoever builds on a lie counts; every other has no effect, however small it is.</summary>
    [Theory]
    [InlineData(2, 50, 3, true)]
    [InlineData(2, 50, 51, true)]
    [InlineData(2, 50, 4, false)]
    [InlineData(2, 50, 50, false)]
    [InlineData(2, 50, 52, false)]
    [InlineData(2, 2, 1, false)]
    [InlineData(2, 2, 0, false)]
    [InlineData(2, 2, 4, false)]
    [InlineData(2, 2, 3, true)]
    public async Task A_claim_that_nobody_can_have_counted_takes_the_effect(ulong height, ulong parentClaims, ulong claims, bool counts)
    {
        var intake = await Intakes.OpenAsync();
        var first = Forge.Put("a", "1");
        var parent = Forge.Node(parentClaims, [first.Id], [(Forge.Key("p"), "x")]);
        var node = Forge.Node(claims, [parent.Id], [(Forge.Key("a"), "2")]);
        await intake.TakeAsync([first, parent, node]);

        Assert.Equal(parentClaims == height ? "x" : null, intake.Text("p"));
        Assert.Equal(counts ? "2" : "1", intake.Text("a"));
        Assert.Equal(counts ? [] : [QuarantineReason.WrongPriority], intake.Set.Quarantine.Of(Forge.Key("a")).Select(row => row.Reason));
        Assert.Equal([node.Id], intake.Heads);
    }

    [Fact]
    public void A_fresh_replica_that_hears_the_poison_first_writes_at_a_sound_height() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var poison = Forge.Node(ulong.MaxValue, [NodeId.Of("nobody has it"u8)], [(Forge.Key("seller"), "mine now")]);
        new Stranger(network, 9, [poison]).Tell(poison);
        await using var ours = await OurNode.StartAsync(network, 1, options: new ReplicaOptions { GiveUpAfter = TimeSpan.FromSeconds(30) });
        await run.Wait(TimeSpan.FromSeconds(3));

        await ours.PutAsync("seller", "honest");
        Assert.InRange(ours.Replica.Find(Forge.Key("seller"))!.Priority, 1UL, 3UL);

        await run.Wait(TimeSpan.FromMinutes(3));
        Assert.Equal("honest", ours["seller"]);
    });

    [Fact]
    public void A_node_on_what_nobody_has_counts_after_a_while_at_its_true_height() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var options = new ReplicaOptions { GiveUpAfter = TimeSpan.FromMinutes(1) };
        await using var ours = await OurNode.StartAsync(network, 1, options: options);
        await using var second = await OurNode.StartAsync(network, 2, options: options);
        await ours.PutAsync("seller", "honest");
        await ours.PutAsync("seller", "honest again");
        var trick = Forge.Node(1_000_000, [NodeId.Of("nobody has it"u8)], [(Forge.Key("seller"), "mine now")]);
        var liar = new Stranger(network, 9, [trick]);
        var original = new GoReplica(network, 10);
        network.SetConnected([original.Host], [ours.Host, second.Host], false);
        liar.Tell(trick);
        await run.UntilAsync(() => original.Heads.Contains(trick.Id));
        network.SetConnected([original.Host], [ours.Host, second.Host], true);

        // Tricked while it was fresh, it builds on a branch that can never be complete.
        original.Put("honest original", "1");
        await run.UntilAsync(() => ours["honest original"] == "1");
        Assert.Equal("honest again", ours["seller"]);

        await run.Wait(TimeSpan.FromMinutes(4));
        Assert.Equal(("1", "honest again", 0), (ours["honest original"], ours["seller"], ours.Replica.Progress.Loose));
        Assert.Equal(1, ours.Replica.Progress.Absent);
        Assert.True(Waiting.Agree(ours, second));
        original.Put("honest original", "2");
        await run.UntilAsync(() => ours["honest original"] == "2");
    });

    [Fact]
    public void A_past_that_turns_up_late_makes_all_agree_again() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var options = new ReplicaOptions { GiveUpAfter = TimeSpan.FromMinutes(1), RepairInterval = TimeSpan.FromMinutes(30) };
        var chain = Forge.Chain(6, i => i < 5 ? "seller" : "other");
        await using var early = await OurNode.StartAsync(network, 1, options: options, bulk: false);
        var liar = new Stranger(network, 9, chain[1..]);
        liar.Tell(chain[^1]);
        await run.UntilAsync(() => early.Replica.Progress is { Absent: 1, Loose: 0 }, TimeSpan.FromMinutes(5));
        Assert.Equal(5UL, early.Replica.Progress.Height);

        // Another replica is given what the first was denied.
        await using var late = await OurNode.StartAsync(network, 2, options: options, bulk: false);
        liar.Add(chain[0]);
        liar.Tell(chain[^1]);
        await run.UntilAsync(() => late.Replica.Progress.Settled == 6, TimeSpan.FromMinutes(1));
        await run.UntilAsync(() => early.Replica.Progress is { Absent: 0, Settled: 6 }, TimeSpan.FromMinutes(31));

        Assert.True(Waiting.Agree(early, late));
        Assert.Equal(6UL, early.Replica.Progress.Height);
    });

    [Theory]
    [InlineData("0a")]
    [InlineData("0a010a")]
    [InlineData("ffffffff")]
    public void What_cannot_be_read_is_built_on_like_anything_else(string hex) => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var garbage = NodeCodec.Decode(Convert.FromHexString(hex));
        Assert.Null(garbage.Delta);
        var above = Forge.Node(2, [garbage.Id], [(Forge.Key("a"), "1")]);
        await using var ours = await OurNode.StartAsync(network, 1);
        new Stranger(network, 9, [garbage, above]).Tell(above);

        await run.UntilAsync(() => ours.Replica.Progress.Settled == 2);

        Assert.Equal("1", ours["a"]);
        Assert.Equal(2UL, ours.Replica.Progress.Height);
    });

    public static TheoryData<string> Kinds => ["links", "elements", "tombstones", "bytes", "foreign key", "empty key", "nul", "long key", "long value"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_bound_of_a_node_takes_its_effect_and_not_its_place(string kind) => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var options = new ReplicaOptions { MaxLinks = 4, MaxElements = 8, MaxTombstones = 8, MaxNodeBytes = 80_000 };
        var good = Forge.Put("good", "1");
        var many = Enumerable.Range(0, 9).ToList();
        var leaves = Enumerable.Range(0, 5).Select(i => Forge.Put("leaf" + i, "1")).ToList();
        (string, string) bad = (Forge.Key("bad"), "1");
        var (node, reason) = kind switch
        {
            "links" => (Forge.Put("bad", "1", [.. leaves]), QuarantineReason.TooManyLinks),
            "elements" => (Forge.Node(2, [good.Id], many.Select(i => (Forge.Key("bad" + (i == 0 ? "" : i)), "1"))), QuarantineReason.TooManyElements),
            "tombstones" => (Forge.Node(2, [good.Id], [bad], many.Select(i => (Forge.Key("good"), i == 0 ? good.Id : NodeId.Of([(byte)i])))), QuarantineReason.TooManyTombstones),
            "bytes" => (Forge.Node(2, [good.Id], [bad, (Forge.Key("x"), new string('x', 40_000)), (Forge.Key("y"), new string('x', 40_000))]), QuarantineReason.NodeTooLarge),
            "foreign key" => (Forge.Node(2, [good.Id], [("/elsewhere/bad", "1")]), QuarantineReason.ForeignKey),
            "empty key" => (Forge.Node(2, [good.Id], [("/agents/", "1")]), QuarantineReason.ForeignKey),
            "nul" => (Forge.Node(2, [good.Id], [("/agents/a\0b", "1")]), QuarantineReason.ForeignKey),
            "long key" => (Forge.Node(2, [good.Id], [(Forge.Key(new string('k', 513)), "1")]), QuarantineReason.KeyTooLong),
            _ => (Forge.Node(2, [good.Id], [(Forge.Key("bad"), new string('v', 65_537))]), QuarantineReason.ValueTooLong),
        };
        var above = Forge.Put("above", "1", node);
        await using var ours = await OurNode.StartAsync(network, 1, options: options);
        new Stranger(network, 9, [good, .. leaves, node, above]).Tell(above, good);

        await run.UntilAsync(() => ours["above"] == "1" && ours.Replica.Progress.Loose == 0 && ours["good"] == "1");

        Assert.Null(ours["bad"]);
        var key = node.Delta!.Elements[0].Key;
        Assert.Null(ours.Replica.Find(key));
        var noted = await ours.Replica.QuarantinedAsync(key);
        Assert.Equal(reason == QuarantineReason.KeyTooLong ? [] : [reason], noted.Select(entry => entry.Reason));
    });
}
