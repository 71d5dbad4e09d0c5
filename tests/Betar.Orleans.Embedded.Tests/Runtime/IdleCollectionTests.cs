using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

public sealed class IdleCollectionTests
{
    [Fact]
    public void An_idle_activation_ends_after_its_age_and_not_before() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").Where();
        await sim.Pass(14 * 60);
        Assert.Equal(1, sim.Journal.Alive);
        await sim.Pass(3 * 60);
        Assert.Equal(["bye a ActivationIdle"], sim.Journal.Lines);
    });

    [Fact]
    public void Use_makes_young_again() => Sim.Run(1, async sim =>
    {
        for (var i = 0; i < 6; i++)
        {
            await sim.Probe("a").Where();
            await sim.Pass(10 * 60);
        }

        Assert.Equal(1, sim.Journal.Births);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void An_activation_that_asked_for_a_delay_stays_for_it() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").Delay(TimeSpan.FromHours(1));
        await sim.Pass(59 * 60);
        Assert.Equal(1, sim.Journal.Alive);
        await sim.Pass(3 * 60);
        Assert.Equal(0, sim.Journal.Alive);
    });

    [Fact]
    public void A_class_may_have_an_age_of_its_own() => Sim.Run(
        1,
        async sim =>
        {
            await sim.Probe("a").Where();
            await sim.Pass(6 * 60);
            Assert.Equal(0, sim.Journal.Alive);
        },
        silo => silo.Configure<GrainCollectionOptions>(options =>
            options.ClassSpecificCollectionAge[typeof(ProbeGrain).FullName!] = TimeSpan.FromMinutes(4)));

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_timer_delays_collection_only_when_it_says_so(bool keepAlive, int alive) => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").StartTimer(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), keepAlive, interleave: false);
        await sim.Pass(20 * 60);
        Assert.Equal(alive, sim.Journal.Alive);
    });

    [Fact]
    public void A_class_may_say_its_age_itself() => Sim.Run(1, async sim =>
    {
        await Listed(sim, "listed").Where();
        await Listed(sim, "patient").Where();
        await sim.Pass(60 * 60);
        Assert.Equal(["patient"], Alive(sim));
        await sim.Pass(62 * 60);
        Assert.Empty(Alive(sim));
    });

    [Fact]
    public void A_class_that_is_kept_alive_is_never_idle() => Sim.Run(1, async sim =>
    {
        await Listed(sim, "kept").Where();
        for (var day = 0; day < 40; day++)
            await sim.Pass(TimeSpan.FromDays(1));
        Assert.Equal(["kept"], Alive(sim));
    });

    [Fact]
    public void A_turn_that_takes_longer_than_the_age_is_not_cut_short() => Sim.Run(1, async sim =>
    {
        var turn = sim.Probe("a").WaitThenNote(TimeSpan.FromMinutes(40), "done");
        await Assert.ThrowsAsync<TimeoutException>(() => turn);
        await sim.Pass(40 * 60);
        Assert.Equal(["done"], sim.Journal.Lines);
        await sim.Pass(18 * 60);
        Assert.Equal(["done", "bye a ActivationIdle"], sim.Journal.Lines);
    });

    [Fact]
    public void Age_counts_from_the_end_of_the_last_call() => Sim.Run(1, async sim =>
    {
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").Wait(TimeSpan.FromMinutes(10)));
        await sim.Pass(23 * 60);
        Assert.Equal(1, sim.Journal.Alive);
        await sim.Pass(5 * 60);
        Assert.Equal(0, sim.Journal.Alive);
    });

    [Fact]
    public void A_negative_delay_takes_an_earlier_one_back() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").Delay(TimeSpan.FromHours(5));
        await sim.Probe("a").Delay(TimeSpan.FromSeconds(-1));
        await sim.Pass(17 * 60);
        Assert.Equal(0, sim.Journal.Alive);
    });

    [Fact]
    public void An_infinite_delay_keeps_an_activation_for_good() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").Delay(Timeout.InfiniteTimeSpan);
        await sim.Pass(TimeSpan.FromDays(20));
        Assert.Equal(1, sim.Journal.Alive);
    });

    [Fact]
    public void A_delayed_activation_leaves_at_once_when_it_asks_to() => Sim.Run(1, async sim =>
    {
        await sim.Probe("a").Delay(TimeSpan.FromHours(5));
        await sim.Probe("a").End();
        await sim.Pass(1);
        Assert.Equal(["bye a ApplicationRequested"], sim.Journal.Lines);
    });

    private static IListedGrain Listed(Sim sim, string type) => sim.Cluster.Client.GetGrain<IListedGrain>(GrainId.Create(type, "a"));

    private static IEnumerable<string> Alive(Sim sim) => sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>()
        .Catalog.All().Select(static activation => activation.GrainId.Type.ToString()!);
}
