namespace Betar.Semantics.Tests.Placement;

[Collection("calls")]
public sealed class PlacementTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    [Fact]
    public async Task Random_placement_uses_every_silo()
    {
        var silos = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Grains.GetGrain<IBossGrain>($"{Key}/{i}").Silo()));
        Assert.Equal(Cluster.Silos.Select(silo => silo.SiloAddress).ToHashSet(), silos.ToHashSet());
    }

    [Fact]
    public async Task Prefer_local_placement_puts_a_new_grain_beside_its_first_caller()
    {
        var (here, there) = await OnTwoSilos<IBossGrain>();
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(await here.Silo(), await here.NeighbourOf($"{Key}/here-{i}"));
            Assert.Equal(await there.Silo(), await there.NeighbourOf($"{Key}/there-{i}"));
        }
    }

    [Fact]
    public async Task All_callers_agree_where_a_grain_lives()
    {
        var (here, there) = await OnTwoSilos<IBossGrain>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? here : there).NeighbourOf(Key + "/shared")));
        Assert.Single(answers.Distinct());
        Assert.Equal(answers[0], await Grains.GetGrain<INeighbourGrain>(Key + "/shared").Silo());
    }

    [Fact]
    public async Task A_stateless_worker_runs_beside_its_caller_in_as_many_activations_as_allowed()
    {
        var boss = Grains.GetGrain<IBossGrain>(Key);
        var home = await boss.Silo();
        var work = boss.Employ(6, "go");
        await Scene.Seen($"in {home}", 2);
        Assert.Equal(2, Scene.Notes.Count);
        Scene.Open("go");
        var answers = await work;
        Assert.Equal(2, answers.Distinct().Count());
        Assert.All(answers, answer => Assert.EndsWith($"@{home}", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stateless_worker_is_local_on_every_silo()
    {
        var (here, there) = await OnTwoSilos<IBossGrain>();
        Scene.Open("go");
        Assert.All(await here.Employ(1, "go"), answer => Assert.DoesNotContain("nowhere", answer, StringComparison.Ordinal));
        var first = Assert.Single(await here.Employ(1, "go"));
        var second = Assert.Single(await there.Employ(1, "go"));
        Assert.EndsWith($"@{await here.Silo()}", first, StringComparison.Ordinal);
        Assert.EndsWith($"@{await there.Silo()}", second, StringComparison.Ordinal);
    }
}
