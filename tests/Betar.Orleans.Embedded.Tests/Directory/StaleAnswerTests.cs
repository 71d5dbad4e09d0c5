using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Directory;

/// <summary>What a directory says may be out of date when it arrives.</summary>
public sealed class StaleAnswerTests
{
    private StaleDirectory? _directory;

    [Fact]
    public void An_address_on_a_dead_silo_is_not_believed() => Run(async sim =>
    {
        var dead = await sim.Home("a");
        sim.Cluster.Kill(dead);
        Say(sim, "a", dead, times: int.MaxValue);
        Assert.Equal(Assert.Single(sim.Cluster.Silos).ToString(), await sim.Probe("a").Where());
    });

    [Fact]
    public void A_stopping_silo_that_is_said_to_host_a_grain_hands_the_call_back() => Run(async sim =>
    {
        var leaving = await sim.Home("busy");
        var busy = sim.Probe("busy").Wait(TimeSpan.FromSeconds(10));
        await sim.Pass(1);
        var stop = sim.Cluster.StopAsync(leaving);
        await sim.Pass(1);
        Say(sim, "a", leaving, times: 2);
        Assert.Equal(Assert.Single(sim.Cluster.Silos).ToString(), await sim.Probe("a").Where());
        await busy;
        await stop;
    });

    [Fact]
    public void A_silo_that_is_said_to_host_a_grain_and_does_not_hosts_it_now() => Run(async sim =>
    {
        var silo = sim.Cluster.Silos[1];
        Say(sim, "a", silo, times: 2);
        Assert.Equal(silo.ToString(), await sim.Probe("a").Where());
        Assert.Equal(silo.ToString(), await sim.Probe("a").Where());
        Assert.Equal(1, sim.Journal.Births);
    });

    private void Say(Sim sim, string key, SiloAddress silo, int times) =>
        _directory!.Answer(new() { GrainId = sim.Probe(key).GetGrainId(), ActivationId = ActivationId.NewId(), SiloAddress = silo }, times);

    private void Run(Func<Sim, Task> body) => Sim.Run(2, body, directory: directory => _directory = new StaleDirectory(directory));
}
