using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Sets;

/// <summary>What found no room when it came is judged anew when there is some, and not only when everything is made anew.</summary>
public sealed class RoomAgainTests
{
    [Fact]
    public async Task What_a_seller_had_too_many_of_counts_when_it_gives_one_up()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValuesPerSeller = 3 });
        var many = Many("greedy", 5);
        await intake.TakeAsync([many]);
        Assert.Equal(3, intake.Set.Count);

        await intake.TakeAsync([Forge.Delete("greedy0", [many], many)]);

        Assert.Equal(["greedy1", "greedy2", "greedy3"], Names(intake));
        Assert.Equal("greedy:3", intake.Text("greedy3"));
        Assert.Equal(QuarantineReason.SellerQuota, Assert.Single(intake.Set.Quarantine.Of(Forge.Key("greedy4"))).Reason);
        Assert.Empty(intake.Set.Quarantine.Of(Forge.Key("greedy3")));
    }

    [Fact]
    public async Task Room_of_one_seller_is_none_of_another()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValuesPerSeller = 2 });
        var (greedy, modest) = (Many("greedy", 4), Many("modest", 2));
        await intake.TakeAsync([greedy, modest]);

        await intake.TakeAsync([Forge.Delete("modest0", [modest], modest)]);

        Assert.Equal(["greedy0", "greedy1", "modest1"], Names(intake));
    }

    [Fact]
    public async Task A_value_that_becomes_another_sellers_makes_room_too()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValuesPerSeller = 2 });
        var many = Many("greedy", 3);
        await intake.TakeAsync([many]);

        await intake.TakeAsync([Forge.Put("greedy0", "other:now", many)]);

        Assert.Equal("greedy:2", intake.Text("greedy2"));
    }

    [Fact]
    public async Task What_found_no_room_or_gave_way_comes_back_when_others_go()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValues = 2 });
        var first = Many("first", 3);
        var verified = Forge.Put("good", "verified:1", first);
        await intake.TakeAsync([first, verified]);
        Assert.Equal(["first0", "good"], Names(intake));

        await intake.TakeAsync([Forge.Delete("good", [verified], verified)]);
        Assert.Equal(2, intake.Set.Count);
        Assert.Contains("first0", Names(intake));

        await intake.TakeAsync([Forge.Delete("first0", [first], first)]);
        Assert.Equal(["first1", "first2"], Names(intake));
    }

    [Fact]
    public async Task What_was_deleted_while_it_waited_stays_deleted()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValues = 1 });
        var first = Many("first", 2);
        await intake.TakeAsync([first, Forge.Delete("first1", [first], first)]);

        await intake.TakeAsync([Forge.Delete("first0", [first], first)]);

        Assert.Empty(Names(intake));
        Assert.Equal(0, intake.Set.Quarantine.Count);
    }

    [Fact]
    public async Task A_verified_value_takes_the_place_of_one_that_gives_way_and_nobody_comes_back_for_it()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValues = 3 });
        var first = Many("first", 5);
        await intake.TakeAsync([first]);

        await intake.TakeAsync([Forge.Put("good", "verified:1", first)]);

        Assert.Equal(["first0", "first1", "good"], Names(intake));
    }

    [Fact]
    public async Task It_waits_over_a_restart()
    {
        var store = new MemoryReplicaStore();
        var options = new ReplicaOptions { MaxValues = 2 };
        var first = Many("first", 4);
        await (await OpenAsync(options, store)).TakeAsync([first]);

        var again = await OpenAsync(options, store);
        Assert.Equal(["first0", "first1"], Names(again));
        await again.TakeAsync([Forge.Delete("first0", [first], first)]);
        Assert.Equal(["first1", "first2"], Names(again));

        Assert.Equal(["first1", "first2"], Names(await OpenAsync(options, store)));
    }

    [Fact]
    public async Task A_restart_with_more_room_uses_it_with_the_next_node()
    {
        var store = new MemoryReplicaStore();
        var first = Many("first", 4);
        await (await OpenAsync(new ReplicaOptions { MaxValues = 2 }, store)).TakeAsync([first]);

        var again = await OpenAsync(new ReplicaOptions { MaxValues = 10 }, store);
        await again.TakeAsync([Forge.Put("other", "x", first)]);

        Assert.Equal(["first0", "first1", "first2", "first3", "other"], Names(again));
    }

    [Fact]
    public async Task One_node_looks_at_some_and_a_repair_at_all()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValuesPerSeller = 1, MaxElements = 1024 });
        var greedy = Many("greedy", 500);
        var modest = Many("modest", 2);
        await intake.TakeAsync([greedy, modest]);

        await intake.TakeAsync([Forge.Delete("modest0", [modest], modest)]);
        Assert.Null(intake.Text("modest1"));

        await intake.JudgeAgainAsync();
        Assert.Equal("modest:1", intake.Text("modest1"));
    }

    [Fact]
    public async Task What_is_verified_only_later_takes_its_place_with_the_next_repair()
    {
        var policy = new LearningPolicy();
        var intake = await OpenAsync(new ReplicaOptions { MaxValues = 2 }, policy: policy);
        var first = Many("first", 2);
        await intake.TakeAsync([first, Forge.Put("late", "seller:1", first)]);
        Assert.Null(intake.Text("late"));

        policy.Verified.Add("seller");
        await intake.JudgeAgainAsync();

        Assert.Equal("seller:1", intake.Text("late"));
        Assert.Equal(2, intake.Set.Count);
    }

    [Fact]
    public async Task Another_value_of_the_key_by_the_same_node_is_judged_alone()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValues = 1 });
        var first = Forge.Put("first", "x");
        var twice = Forge.Node(2, [first.Id], [(Forge.Key("second"), "a"), (Forge.Key("second"), new string('d', 100_000)), (Forge.Key("second"), "c")]);
        await intake.TakeAsync([first, twice]);

        await intake.TakeAsync([Forge.Delete("first", [first], twice)]);

        Assert.Equal("c", intake.Text("second"));
    }

    [Fact]
    public async Task What_a_seller_has_it_may_change_although_it_has_as_many_as_it_may()
    {
        var intake = await OpenAsync(new ReplicaOptions { MaxValuesPerSeller = 2 });
        var many = Many("greedy", 2);

        await intake.TakeAsync([many, Forge.Put("greedy1", "greedy:new", many)]);

        Assert.Equal("greedy:new", intake.Text("greedy1"));
        Assert.Equal(0, intake.Set.Quarantine.Count);
    }

    [Fact]
    public async Task What_stands_on_what_nobody_has_is_not_judged_by_its_claim()
    {
        var intake = await OpenAsync(new ReplicaOptions());
        var missing = Forge.Put("missing", "0");
        await intake.TakeAsync([Forge.Node(7, [missing.Id], [(Forge.Key("a"), "1")])]);

        await intake.GiveUpAsync(missing.Id);
        await intake.CommitAsync();

        Assert.Equal("1", intake.Text("a"));
        Assert.Equal(1UL, intake.Set.Find(Forge.Key("a"))!.Height);
    }

    [Fact]
    public void Of_too_many_without_effect_the_oldest_is_forgotten_here_and_on_disk()
    {
        var quarantine = new Quarantine(3);
        var commit = new ReplicaCommit();
        for (var n = 0; n < 10; n++)
            quarantine.Add(new ElementRow("/agents/" + n, NodeId.Of([(byte)n]), 1, QuarantineReason.NoRoom), commit);

        Assert.Equal(3, quarantine.Count);
        Assert.Empty(quarantine.Of("/agents/6"));
        Assert.Single(quarantine.Of("/agents/7"));
        Assert.Equal((7, 3), (commit.Elements.Values.Count(row => row is null), commit.Elements.Values.Count(row => row is not null)));
    }

    [Fact]
    public void Who_comes_and_goes_leaves_nothing_behind()
    {
        var quarantine = new Quarantine(100);
        var commit = new ReplicaCommit();
        for (var n = 0; n < 20_000; n++)
        {
            var node = NodeId.Of(BitConverter.GetBytes(n));
            quarantine.Add(new ElementRow("/agents/" + n, node, 1, QuarantineReason.NoRoom), commit);
            Assert.True(quarantine.Remove("/agents/" + n, node, commit));
        }

        Assert.Equal(0, quarantine.Count);
        Assert.InRange(quarantine.Remembered, 0, 3_000);
        Assert.Null(quarantine.NextWaiting());
    }

    [Fact]
    public void Those_who_wait_are_asked_in_turn_and_others_never()
    {
        var quarantine = new Quarantine(100);
        QuarantineReason[] reasons = [QuarantineReason.SellerQuota, QuarantineReason.ValueTooLong, QuarantineReason.NoRoom, QuarantineReason.GaveWay, QuarantineReason.WrongPriority];
        foreach (var reason in reasons)
            quarantine.Load(new ElementRow("/agents/" + reason, NodeId.Of([(byte)reason]), 1, reason));

        Assert.Equal(
            [QuarantineReason.SellerQuota, QuarantineReason.NoRoom, QuarantineReason.GaveWay, QuarantineReason.SellerQuota],
            Enumerable.Range(0, 4).Select(_ => quarantine.NextWaiting()!.Value.Reason));
        Assert.Equal(3, quarantine.Waiting);
    }

    private static ReplicaNode Many(string name, int count) => Forge.Node(1, [], Enumerable.Range(0, count).Select(i => (Forge.Key(name + i), $"{name}:{i}")));

    private static Task<Intake> OpenAsync(ReplicaOptions options, IReplicaStore? store = null, IEntryPolicy? policy = null) =>
        Intakes.OpenAsync(store, options, policy ?? new ColonPolicy());

    private static IEnumerable<string> Names(Intake intake) => intake.Set.Keys.Select(key => key[Forge.Key("").Length..]).Order(StringComparer.Ordinal);

    private sealed class LearningPolicy : IEntryPolicy
    {
        private readonly ColonPolicy _colon = new();

        public HashSet<string> Verified { get; } = [];

        public string? SellerOf(string key, ReadOnlySpan<byte> value) => _colon.SellerOf(key, value);

        public bool IsVerified(string key, ReadOnlySpan<byte> value) => SellerOf(key, value) is { } seller && Verified.Contains(seller);
    }
}
