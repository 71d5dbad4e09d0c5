using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

public sealed class StatelessWorkerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 3, 2)]
    [InlineData(9, 3, 3)]
    public void Calls_at_once_share_at_most_three_workers(int calls, int workers, int seconds) => Sim.Run(1, async sim =>
    {
        var start = sim.Now;
        var answers = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Worker(sim).Work(Second)));
        Assert.Equal(workers, answers.Distinct().Count());
        Assert.Equal(seconds, (sim.Now - start).TotalSeconds);
    });

    [Fact]
    public void Calls_one_after_the_other_need_one_worker() => Sim.Run(1, async sim =>
    {
        var answers = new HashSet<string>();
        for (var i = 0; i < 5; i++)
            answers.Add(await Worker(sim).Work(Second));
        Assert.Single(answers);
    });

    [Fact]
    public void A_worker_that_is_free_again_is_used_before_another_is_made() => Sim.Run(1, async sim =>
    {
        var pair = await Task.WhenAll(Worker(sim).Work(Second), Worker(sim).Work(Second));
        var next = await Task.WhenAll(Worker(sim).Work(Second), Worker(sim).Work(Second));
        Assert.Equal(pair.Order(), next.Order());
    });

    [Fact]
    public void A_call_goes_to_the_worker_with_least_to_do() => Sim.Run(1, async sim =>
    {
        var busy = Enumerable.Range(0, 3).Select(_ => Worker(sim).Work(10 * Second)).ToArray();
        await sim.Pass(11);
        var held = Enumerable.Range(0, 2).Select(_ => Worker(sim).Work(10 * Second)).ToArray();
        var start = sim.Now;
        await Worker(sim).Work(Second);
        Assert.Equal(1, (sim.Now - start).TotalSeconds);
        await Task.WhenAll([.. busy, .. held]);
    });

    [Fact]
    public void Each_silo_has_workers_of_its_own_for_its_callers() => Sim.Run(2, async sim =>
    {
        foreach (var silo in sim.Cluster.Silos)
        {
            var near = sim.Cluster.ServicesOf(silo).GetRequiredService<IGrainFactory>().GetGrain<IWorkerGrain>(0);
            Assert.EndsWith($" on {silo}", await near.Work(Second), StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Keys_do_not_share_workers() => Sim.Run(1, async sim =>
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(key => sim.Cluster.Client.GetGrain<IWorkerGrain>(key).Work(Second)));
        Assert.Equal(4, answers.Distinct().Count());
    });

    [Fact]
    public void Workers_are_in_no_directory() => Sim.Run(1, async sim =>
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Worker(sim).Work(Second)));
        Assert.Equal(0, sim.Directory.Count);
    });

    [Fact]
    public void A_worker_that_leaves_is_replaced_at_need_and_its_calls_go_on() => Sim.Run(1, async sim =>
    {
        var before = await Worker(sim).Work(Second);
        var calls = new[] { Worker(sim).Leave(), Worker(sim).Work(Second), Worker(sim).Work(Second), Worker(sim).Work(Second) };
        await Task.WhenAll(calls);
        await sim.Pass(1);
        Assert.NotEqual(before, await Worker(sim).Work(Second));
    });

    [Fact]
    public void When_the_last_worker_is_gone_nothing_of_the_group_is_left() => Sim.Run(1, async sim =>
    {
        await Worker(sim).Leave();
        await sim.Pass(1);
        var silo = sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>();
        Assert.False(silo.Catalog.TryGet(Worker(sim).GetGrainId(), out _));
        await Worker(sim).Work(Second);
    });

    [Fact]
    public void Idle_workers_are_collected_too() => Sim.Run(1, async sim =>
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Worker(sim).Work(Second)));
        var silo = sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>();
        Assert.Equal(3, silo.Catalog.All().Count());
        await sim.Pass(20 * 60);
        Assert.Empty(silo.Catalog.All());
    });

    private static IWorkerGrain Worker(Sim sim) => sim.Cluster.Client.GetGrain<IWorkerGrain>(0);
}
