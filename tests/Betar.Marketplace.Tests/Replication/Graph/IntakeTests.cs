using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Graph;

public sealed class IntakeTests
{
    [Fact]
    public async Task Heads_are_the_settled_nodes_that_nothing_stands_on()
    {
        var root = Forge.Put("a", "1");
        var (left, right) = (Forge.Put("b", "1", root), Forge.Put("c", "1", root));
        var intake = await Intakes.OpenAsync();

        await intake.TakeAsync([root, left, right]);
        Assert.Equal(new[] { left.Id, right.Id }.Order(), intake.Heads);
        Assert.Equal(3UL, intake.NextPriority);
        await intake.TakeAsync([Forge.Put("d", "1", left, right)]);

        Assert.Single(intake.Heads);
        Assert.Equal(3UL, intake.Height);
    }

    [Fact]
    public async Task While_nothing_is_settled_what_was_told_is_the_head()
    {
        var chain = Forge.Chain(3);
        var intake = await Intakes.OpenAsync();

        await intake.TakeAsync([chain[2]]);
        Assert.Equal([chain[2].Id], intake.Heads);
        Assert.Equal(4UL, intake.NextPriority);
        await intake.TakeAsync([chain[1]]);
        Assert.Equal([chain[2].Id], intake.Heads);
        Assert.Equal([chain[0].Id], intake.Loose.Missing);
        await intake.TakeAsync([chain[0]]);

        Assert.Equal([chain[2].Id], intake.Heads);
        Assert.Equal((0, 3L), (intake.Loose.Count, intake.Settled));
    }

    [Fact]
    public async Task An_absurd_claim_that_is_not_settled_is_no_head()
    {
        var intake = await Intakes.OpenAsync();

        await intake.TakeAsync([Forge.Node(ulong.MaxValue, [NodeId.Of("x"u8)], [(Forge.Key("a"), "1")])]);

        Assert.Empty(intake.Heads);
        Assert.Equal(1UL, intake.NextPriority);
        Assert.Null(intake.LooseValues.Find(Forge.Key("a")));
    }

    [Fact]
    public async Task What_is_loose_is_shown_by_its_claim_until_it_is_settled()
    {
        var chain = Forge.Chain(4, _ => "a");
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync([chain[2]]);
        await intake.TakeAsync([chain[3]]);

        Assert.Equal("v3", Forge.Text(intake.LooseValues.Find(Forge.Key("a"))!.Value));
        var deletion = Forge.Delete("a", [chain[3]], chain[3]);
        await intake.TakeAsync([deletion]);
        Assert.Equal("v2", Forge.Text(intake.LooseValues.Find(Forge.Key("a"))!.Value));
        await intake.TakeAsync(chain[..2]);

        Assert.Null(intake.LooseValues.Find(Forge.Key("a")));
        Assert.Equal("v2", intake.Text("a"));
    }

    [Fact]
    public async Task The_room_of_others_ends_before_our_own()
    {
        var options = new ReplicaOptions { MaxStoreBytes = 1 << 20, OwnStoreBytes = 100_000 };
        var intake = await Intakes.OpenAsync(options: options);
        var (first, second, third) = (Big(1), Big(2), Big(3));

        Assert.Equal(TakeResult.Taken, await intake.TakeAsync(first, new(null, false, Forge.Then), null));
        Assert.Equal(TakeResult.NoRoom, await intake.TakeAsync(second, new(null, false, Forge.Then), null));
        Assert.Equal(TakeResult.Known, await intake.TakeAsync(first, new(null, false, Forge.Then), null));
        Assert.Equal(TakeResult.Taken, await intake.TakeAsync(Forge.Put("own", new string('x', 90_000)), new(null, true, Forge.Then), null));
        Assert.Equal(TakeResult.NoRoom, await intake.TakeAsync(third, new(null, true, Forge.Then), null));

        static ReplicaNode Big(int number) => Forge.Put("k" + number, new string('x', 1_000_000));
    }

    [Fact]
    public async Task When_half_of_the_room_is_used_nobodys_word_is_good_for_more_than_a_share()
    {
        var options = new ReplicaOptions { MaxStoreBytes = 1 << 20, MaxStoreBytesPerTeller = 64 * 1024 };
        var intake = await Intakes.OpenAsync(options: options);
        var number = 0;

        Assert.InRange(await FillAsync(1), 500_000, 530_000);
        Assert.InRange(await FillAsync(2), 55_000, 65_536);
        Assert.InRange(await FillAsync(3), 55_000, 65_536);

        async Task<long> FillAsync(int teller)
        {
            var before = intake.Bytes;
            while (await intake.TakeAsync(Forge.Put("k" + ++number, new string('x', 5_000)), new(null, false, Forge.Then), Peers.Id(teller)) == TakeResult.Taken)
            {
            }

            return intake.Bytes - before;
        }
    }

    [Fact]
    public async Task What_waits_on_somebodys_word_can_be_dropped_and_the_rest_waits_on()
    {
        var store = new MemoryReplicaStore();
        var intake = await Intakes.OpenAsync(store);
        var chain = Forge.Chain(6);
        await intake.TakeAsync(chain[3..5], Peers.Id(1));
        await intake.TakeAsync([chain[5]], Peers.Id(2));

        Assert.Equal(Peers.Id(1), intake.MakeRoom());
        await intake.CommitAsync();

        Assert.Equal([chain[4].Id], intake.Loose.Missing);
        Assert.Equal(1, (await store.LoadAsync(default)).NodeCount);
        Assert.Equal(chain[5].Data.Length, intake.Bytes);
        await intake.TakeAsync(chain[..5]);
        Assert.Equal(SlowSet.Of(chain), intake.Values());
    }

    [Fact]
    public async Task A_long_run_of_settling_is_made_durable_on_the_way()
    {
        var store = new FailingStore(new MemoryReplicaStore(), int.MaxValue, afterwards: false);
        var intake = await Intakes.OpenAsync(store);
        var chain = Forge.Chain(9_000);
        await intake.TakeAsync(Enumerable.Reverse(chain).Take(8_999), commitEvery: 10_000);
        var before = store.Commits;

        await intake.TakeAsync([chain[0]]);

        Assert.True(store.Commits - before >= 2);
        Assert.Equal(9_000, intake.Settled);
    }
}
