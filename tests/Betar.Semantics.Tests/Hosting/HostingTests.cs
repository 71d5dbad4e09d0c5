namespace Betar.Semantics.Tests.Hosting;

/// <summary>Life and orderly death of silos; each test has a cluster of its own.</summary>
public sealed class HostingTests
{
    readonly string _key = Guid.NewGuid().ToString("N");

    Scene Scene => Scene.Of(_key);

    [Fact]
    public async Task Stages_run_upwards_at_start_and_downwards_at_stop()
    {
        await using var cluster = await Deploy(1);
        var scene = HostingScene.Of(cluster.Primary!.SiloAddress);
        var started = scene.Notes.Where(note => note.StartsWith("start ", StringComparison.Ordinal)).ToList();
        Assert.Equal(NotingParticipant.Stages.Select(stage => $"start {stage}"), started);
        await cluster.StopAllSilosAsync();
        var stopped = scene.Notes.Where(note => note.StartsWith("stop ", StringComparison.Ordinal)).ToList();
        Assert.Equal(NotingParticipant.Stages.Reverse().Select(stage => $"stop {stage}"), stopped);
    }

    [Fact]
    public async Task Startup_tasks_run_at_their_stages_and_may_call_grains()
    {
        await using var cluster = await Deploy(1);
        var notes = HostingScene.Of(cluster.Primary!.SiloAddress).Notes.ToList();
        Assert.Contains("startup task heard answer", notes);
        Assert.Contains("startup task", notes);
        var early = notes.IndexOf("early startup task");
        Assert.True(early > notes.IndexOf($"start {ServiceLifecycleStage.RuntimeGrainServices}"), string.Join(" | ", notes));
        Assert.True(early < notes.IndexOf($"start {ServiceLifecycleStage.BecomeActive}"), string.Join(" | ", notes));
        Assert.True(notes.IndexOf("startup task") > notes.IndexOf($"start {ServiceLifecycleStage.BecomeActive}"), string.Join(" | ", notes));
        Assert.True(notes.IndexOf("startup task") < notes.IndexOf($"start {ServiceLifecycleStage.Last}"), string.Join(" | ", notes));
        await cluster.StopAllSilosAsync();
    }

    [Fact]
    public async Task A_stopping_silo_tells_its_grains_and_another_takes_them_over()
    {
        await using var cluster = await Deploy(2);
        var second = cluster.SecondarySilos[0];
        var grain = await GrainOn(cluster, second.SiloAddress);
        await cluster.StopSiloAsync(second);
        await Scene.Seen($"left by {DeactivationReasonCode.ShuttingDown}");
        Assert.Equal("answer", await grain.Ask());
        Assert.Equal(cluster.Primary!.SiloAddress, await grain.Silo());
        await cluster.StopAllSilosAsync();
    }

    [Fact]
    public async Task A_stopping_silo_lets_a_turn_end()
    {
        await using var cluster = await Deploy(2);
        var second = cluster.SecondarySilos[0];
        var grain = await GrainOn(cluster, second.SiloAddress);
        var turn = grain.Hold("go");
        await Scene.Seen("holding");
        var stop = cluster.StopSiloAsync(second);
        Assert.False(stop.IsCompleted);
        Scene.Open("go");
        Assert.Equal("drained", await turn);
        await stop;
        var notes = Scene.Notes.ToList();
        Assert.True(notes.IndexOf("let go") < notes.IndexOf($"left by {DeactivationReasonCode.ShuttingDown}"), string.Join(" | ", notes));
        await cluster.StopAllSilosAsync();
    }

    [Fact]
    public async Task An_additional_silo_takes_grains()
    {
        await using var cluster = await Deploy(1);
        var added = await cluster.StartAdditionalSiloAsync();
        Assert.Equal(2, cluster.GetActiveSilos().Count());
        var grain = await GrainOn(cluster, added.SiloAddress);
        Assert.Equal("answer", await grain.Ask());
        await cluster.StopAllSilosAsync();
    }

    [Fact]
    public async Task Two_clusters_in_one_process_know_nothing_of_each_other()
    {
        await using var one = await Deploy(1);
        await using var other = await Deploy(1);
        var here = one.GrainFactory.GetGrain<IDrainGrain>(_key);
        var there = other.GrainFactory.GetGrain<IDrainGrain>(_key);
        Assert.Equal(one.Primary!.SiloAddress, await here.Silo());
        Assert.Equal(other.Primary!.SiloAddress, await there.Silo());
        await one.StopAllSilosAsync();
        await other.StopAllSilosAsync();
    }

    static async Task<TestCluster> Deploy(short silos)
    {
        var builder = new TestClusterBuilder(silos);
        builder.AddSiloBuilderConfigurator<HostingSetup>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    async Task<IDrainGrain> GrainOn(TestCluster cluster, SiloAddress silo)
    {
        for (var i = 0; i < 1000; i++)
        {
            var grain = cluster.GrainFactory.GetGrain<IDrainGrain>($"{_key}/{i}");
            if ((await grain.Silo()).Equals(silo))
            {
                return grain;
            }
        }

        throw new InvalidOperationException("no grain of 1000 on that silo");
    }
}
