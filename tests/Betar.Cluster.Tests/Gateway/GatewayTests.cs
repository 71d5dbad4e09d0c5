using Betar.Grains.Abstractions.Gateway;
using Betar.Grains.Gateway;
using Betar.Tests.Shared;

namespace Betar.Cluster.Tests.Gateway;

/// <summary>The gateway on one, two and three silos, in virtual time: each way to break its lease.</summary>
public sealed class GatewayTests
{
    private static readonly TimeSpan s_lease = new GatewayOptions().Lease;
    private static readonly TimeSpan s_stopAfter = new GatewayOptions().StopAfter;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_silo_opens_the_host_and_says_so(int silos) => GatewayFleet.Run(silos, async fleet =>
    {
        await fleet.PassAsync(GatewayFleet.Long);
        Assert.Same(fleet.Silos[0], fleet.Holder);
        Assert.Single(fleet.Tower.Openings);
        GatewayStatus status = await fleet.StatusAsync();
        Assert.Equal((GatewayState.Open, 1L, fleet.Silos[0].Address.ToString(), ""), (status.State, status.Epoch, status.Silo, status.Reason));
        Assert.Equal(["host-0"], status.Addresses);
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void After_a_kill_another_silo_speaks_within_five_seconds(int silos)
    {
        List<TimeSpan> recoveries = [];
        for (int seed = TestSeed.Value; seed < TestSeed.Value + 20; seed++)
        {
            GatewayFleet.Run(silos, async fleet =>
            {
                await fleet.PassAsync(TimeSpan.FromMilliseconds(137 * (seed % 16)));
                DateTimeOffset killed = fleet.Time.GetUtcNow();
                fleet.Kill(fleet.Holder!);
                await fleet.OpensAsync();
                recoveries.Add(fleet.Time.GetUtcNow() - killed);
                Assert.Equal(2, fleet.Tower.Openings[^1].Epoch);
            }, seed);
        }

        Assert.All(recoveries, recovery => Assert.InRange(recovery, s_lease - TimeSpan.FromSeconds(1.1), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void The_last_silo_that_lives_takes_over_from_each_that_dies() => GatewayFleet.Run(3, async fleet =>
    {
        for (int left = 3; left > 1; left--)
        {
            fleet.Kill(fleet.Holder!);
            await fleet.OpensAsync();
        }

        Assert.Same(fleet.Silos.Single(), fleet.Holder);
    });

    [Fact]
    public void A_silo_that_stops_finishes_what_was_paid_for_and_nobody_waits_for_the_lease() => GatewayFleet.Run(2, async fleet =>
    {
        FleetSilo first = fleet.Holder!;
        first.Presence.Work = TimeSpan.FromSeconds(3);
        DateTimeOffset began = fleet.Time.GetUtcNow();
        await fleet.StopAsync(first);
        Assert.Equal((1, TimeSpan.FromSeconds(3)), (first.Presence.Drains, fleet.Tower.SilentSince - began));
        await fleet.OpensAsync();
        Assert.InRange(fleet.Time.GetUtcNow() - fleet.Tower.SilentSince, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    });

    [Fact]
    public void Work_without_an_end_does_not_hold_a_stop_up() => GatewayFleet.Run(2, async fleet =>
    {
        fleet.Holder!.Presence.Work = TimeSpan.FromHours(1);
        DateTimeOffset began = fleet.Time.GetUtcNow();
        await fleet.StopAsync(fleet.Holder!);
        Assert.Equal(fleet.Options.DrainWithin, fleet.Tower.SilentSince - began);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void When_renewals_hang_for_the_holder_alone_it_is_silent_before_the_lease_can_pass(int silos) => GatewayFleet.Run(silos, async fleet =>
    {
        FleetSilo holder = fleet.Holder!;
        DateTimeOffset began = fleet.Time.GetUtcNow();
        holder.Store.Hang();
        await fleet.FallsSilentAsync();
        Assert.InRange(fleet.Time.GetUtcNow() - began, s_stopAfter - TimeSpan.FromSeconds(1.1), s_stopAfter);
        Assert.False(holder.Presence.Term!.IsHeld);
        if (silos == 1)
            holder.Store.GoOn();
        await fleet.OpensAsync();
        Assert.True(silos == 1 == (fleet.Holder == holder));
    });

    [Fact]
    public void When_the_store_fails_for_the_holder_alone_another_silo_takes_over() => GatewayFleet.Run(2, async fleet =>
    {
        FleetSilo holder = fleet.Holder!;
        holder.Store.Fault = new IOException("The store does not answer.");
        await fleet.FallsSilentAsync();
        await fleet.OpensAsync();
        Assert.NotSame(holder, fleet.Holder);
    });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void When_the_holders_clock_stalls_past_the_lease_its_host_ends_before_another_opens(int silos) => GatewayFleet.Run(silos, async fleet =>
    {
        FleetSilo holder = fleet.Holder!;
        holder.Clock.Stall();
        await fleet.FallsSilentAsync();
        await fleet.OpensAsync();
        Assert.NotSame(holder, fleet.Holder);
    });

    [Fact]
    public void A_holder_that_slept_past_its_lease_says_nothing_more_even_before_it_has_noticed() => GatewayFleet.Run(1, async fleet =>
    {
        PresenceTerm term = fleet.Holder!.Presence.Term!;
        fleet.Holder!.Clock.Stall();
        await fleet.PassAsync(TimeSpan.FromSeconds(1));
        fleet.Holder!.Clock.GoOn();
        Assert.True(term.IsHeld);
        fleet.Holder!.Clock.Stall();
        await fleet.PassAsync(s_lease - TimeSpan.FromSeconds(0.5));
        fleet.Silos[0].Clock.GoOn();
        Assert.Throws<OperationCanceledException>(term.ThrowIfOver);
        await fleet.FallsSilentAsync();
    });

    [Fact]
    public void Answers_that_are_somewhat_late_cost_nothing() => GatewayFleet.Run(3, async fleet =>
    {
        foreach (FleetSilo silo in fleet.Silos)
            silo.Store.Late = TimeSpan.FromMilliseconds(700);
        await fleet.PassAsync(GatewayFleet.Long);
        Assert.Single(fleet.Tower.Openings);
    });

    [Fact]
    public void Answers_that_come_too_late_are_no_renewals() => GatewayFleet.Run(3, async fleet =>
    {
        FleetSilo holder = fleet.Holder!;
        DateTimeOffset began = fleet.Time.GetUtcNow();
        holder.Store.Late = TimeSpan.FromSeconds(3);
        await fleet.FallsSilentAsync();
        Assert.InRange(fleet.Time.GetUtcNow() - began, TimeSpan.Zero, s_stopAfter);
        await fleet.OpensAsync();
        Assert.NotSame(holder, fleet.Holder);
    });

    [Fact]
    public void A_term_counts_from_the_question_and_not_from_its_late_answer() => GatewayFleet.Run(2, async fleet =>
    {
        FleetSilo other = fleet.Silos.Single(silo => silo != fleet.Holder);
        TimeSpan late = s_stopAfter / 2;
        (other.Store.Late, other.Store.GrantsOnce) = (late, true);
        fleet.Kill(fleet.Holder!);
        await fleet.OpensAsync();
        DateTimeOffset opened = fleet.Time.GetUtcNow();
        await fleet.FallsSilentAsync();
        Assert.InRange(fleet.Time.GetUtcNow() - opened, TimeSpan.Zero, s_stopAfter - late);
    });

    [Fact]
    public void A_silo_that_cannot_open_the_host_leaves_it_to_another() => GatewayFleet.Run(2, async fleet =>
    {
        FleetSilo killed = fleet.Holder!, other = fleet.Silos.Single(silo => silo != killed);
        other.Presence.Obstacle = new IOException("The port is taken.");
        fleet.Kill(killed);
        await fleet.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Null(fleet.Holder);
        FleetSilo third = await fleet.StartSiloAsync();
        await fleet.OpensAsync();
        Assert.Same(third, fleet.Holder);
    });

    [Fact]
    public void A_host_that_takes_longer_to_open_than_a_lease_lasts_keeps_it_meanwhile() => GatewayFleet.Run(2, async fleet =>
    {
        FleetSilo other = fleet.Silos.Single(silo => silo != fleet.Holder);
        other.Presence.Opening = TimeSpan.FromSeconds(20);
        fleet.Kill(fleet.Holder!);
        await fleet.OpensAsync();
        Assert.Equal((other, 2L), (fleet.Holder, fleet.Tower.Openings[^1].Epoch));
    });

    /// <summary>If this tower saw nothing, the tests above would prove nothing.</summary>
    [Fact]
    public void A_host_that_does_not_stop_is_seen() => Assert.Contains("spoke", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GatewayFleet.Run(2, async fleet =>
    {
        FleetSilo holder = fleet.Holder!;
        holder.Presence.IsDeaf = true;
        holder.Store.Hang();
        await fleet.Tower.UntilAsync(() => fleet.Tower.Openings.Count > 1, GatewayFleet.Long);
    })).Message, StringComparison.Ordinal);
}
