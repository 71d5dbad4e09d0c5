using Orleans.Configuration;
using Orleans.Hosting;

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
}
