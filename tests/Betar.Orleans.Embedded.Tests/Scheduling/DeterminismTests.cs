namespace Betar.Orleans.Embedded.Tests.Scheduling;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_trace_twice() => Assert.Equal(Trace(17), Trace(17));

    [Fact]
    public void Another_seed_gives_another_trace() => Assert.NotEqual(Trace(17), Trace(18));

    [Fact]
    public void Work_that_escapes_to_the_thread_pool_is_noticed()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Sim.Run(1, async sim =>
        {
            await sim.Probe("a").Where();
            var probe = sim.Probe("b");
            var call = Task.Run(() => probe.Where());
            while (!call.IsCompleted)
                await sim.Pass(TimeSpan.FromMilliseconds(1));
        }));
        Assert.Contains("scheduled from a thread of its own", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_waits_for_nothing_ends_with_its_seed()
    {
        var failure = Assert.Throws<InvalidOperationException>(() =>
            new Betar.Orleans.Testing.Simulation(99).Run(() => new TaskCompletionSource().Task));
        Assert.Contains("99", failure.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Trace(int seed)
    {
        var sim = Sim.Run(
            3,
            async sim =>
            {
                for (var round = 0; round < 5; round++)
                {
                    var calls = Enumerable.Range(0, 20).Select(i => sim.Probe($"g{i % 7}").Wait(TimeSpan.FromMilliseconds(i))).ToArray();
                    await Task.WhenAll(calls);
                    await sim.Probe("g1").End();
                    await sim.Probe("g2").StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), false, false);
                    await sim.Pass(3);
                }

                sim.Cluster.Kill(sim.Cluster.Silos[0]);
                for (var i = 0; i < 7; i++)
                    await sim.Probe($"g{i}").Where();
                await sim.Cluster.StopAsync(sim.Cluster.Silos[0]);
            },
            seed: seed);
        Assert.True(sim.Simulation.Trace.Count > 250, $"seed {seed}: only {sim.Simulation.Trace.Count} steps");
        return sim.Simulation.Trace;
    }
}
