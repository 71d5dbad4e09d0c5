using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Sets;

public sealed class ElementSetTests
{
    [Fact]
    public async Task The_higher_writing_wins()
    {
        var first = Forge.Put("a", "z");
        var second = Forge.Put("a", "b", first);

        Assert.Equal("b", await AfterAsync("a", first, second));
    }

    [Fact]
    public async Task At_the_same_height_the_greater_value_wins_whichever_comes_first()
    {
        var (low, high) = (Forge.Put("a", "aa"), Forge.Put("a", "ab"));

        Assert.Equal("ab", await AfterAsync("a", low, high));
        Assert.Equal("ab", await AfterAsync("a", high, low));
    }

    [Fact]
    public async Task Values_are_compared_by_their_bytes_and_not_as_text() => Assert.Equal("b", await AfterAsync("a", Forge.Put("a", "B"), Forge.Put("a", "b")));

    [Fact]
    public async Task Of_one_key_twice_in_a_node_the_greater_value_wins()
    {
        var node = Forge.Node(1, [], [(Forge.Key("a"), "2"), (Forge.Key("a"), "3"), (Forge.Key("a"), "1")]);

        Assert.Equal("3", await AfterAsync("a", node));
    }

    [Fact]
    public async Task A_deleted_key_is_gone()
    {
        var put = Forge.Put("a", "1");

        Assert.Null(await AfterAsync("a", put, Forge.Delete("a", [put], put)));
    }

    [Fact]
    public async Task A_write_that_the_deleter_did_not_know_survives()
    {
        var put = Forge.Put("a", "1");
        var concurrent = Forge.Put("a", "2", put);

        Assert.Equal("2", await AfterAsync("a", put, Forge.Delete("a", [put], put), concurrent));
        Assert.Equal("2", await AfterAsync("a", put, concurrent, Forge.Delete("a", [put], put)));
    }

    [Fact]
    public async Task When_the_best_is_removed_the_next_best_is_the_value()
    {
        var first = Forge.Put("a", "1");
        var (left, right) = (Forge.Put("a", "left", first), Forge.Put("a", "right", first));
        var top = Forge.Put("a", "top", left, right);

        Assert.Equal("right", await AfterAsync("a", first, left, right, top, Forge.Delete("a", [top], top)));
        Assert.Equal("left", await AfterAsync("a", first, left, right, top, Forge.Delete("a", [top, right], top)));
    }

    [Fact]
    public async Task Tombstones_of_a_node_count_before_its_elements()
    {
        var first = Forge.Put("a", "old");
        var over = Forge.Node(2, [first.Id], [(Forge.Key("a"), "new")], [(Forge.Key("a"), first.Id)]);
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync([first, over]);

        Assert.Equal("new", intake.Text("a"));
        Assert.Equal([over.Id], intake.Set.WritingsOf(Forge.Key("a")));
    }

    [Fact]
    public async Task A_tombstone_that_comes_before_its_element_counts_and_is_then_forgotten()
    {
        var put = Forge.Put("a", "1");
        var stranger = Forge.Node(1, [], null, [(Forge.Key("a"), put.Id)]);
        var intake = await Intakes.OpenAsync();

        await intake.TakeAsync([stranger]);
        Assert.Equal(1, intake.Set.EarlyTombstoneCount);
        await intake.TakeAsync([put]);

        Assert.Null(intake.Text("a"));
        Assert.Equal(0, intake.Set.EarlyTombstoneCount);
    }

    [Fact]
    public async Task A_tombstone_for_what_is_gone_already_is_not_kept()
    {
        var put = Forge.Put("a", "1");
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync([put, Forge.Delete("a", [put], put), Forge.Delete("a", [put]), Forge.Delete("b", [put])]);

        Assert.Null(intake.Text("a"));
        Assert.Equal(0, intake.Set.EarlyTombstoneCount);
    }

    [Fact]
    public async Task A_tombstone_for_another_key_of_the_node_leaves_the_rest()
    {
        var put = Forge.Node(1, [], [(Forge.Key("a"), "1"), (Forge.Key("b"), "2")]);
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync([put, Forge.Delete("a", [put], put)]);

        Assert.Equal((null, "2"), (intake.Text("a"), intake.Text("b")));
    }

    [Fact]
    public async Task Tombstones_are_kept_for_unknown_nodes_only_up_to_a_number()
    {
        var options = new ReplicaOptions { MaxEarlyTombstones = 2 };
        var intake = await Intakes.OpenAsync(options: options);

        await intake.TakeAsync([Forge.Node(1, [], null, Enumerable.Range(0, 5).Select(i => (Forge.Key("a"), NodeId.Of([(byte)i]))))]);

        Assert.Equal(2, intake.Set.EarlyTombstoneCount);
    }

    [Fact]
    public async Task Of_one_key_only_so_many_writings_are_told_apart()
    {
        var intake = await Intakes.OpenAsync(options: new ReplicaOptions { MaxElementsPerKey = 16 });

        await intake.TakeAsync(Forge.Chain(40, _ => "a"));

        Assert.Equal("v39", intake.Text("a"));
        Assert.Equal(16, intake.Set.WritingsOf(Forge.Key("a")).Count());
    }

    [Fact]
    public async Task An_empty_value_is_a_value() => Assert.Equal("", await AfterAsync("a", Forge.Put("a", "")));

    private static async Task<string?> AfterAsync(string name, params ReplicaNode[] nodes)
    {
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync(nodes);
        Assert.Equal(SlowSet.Of(nodes), intake.Values());
        return intake.Text(name);
    }
}
