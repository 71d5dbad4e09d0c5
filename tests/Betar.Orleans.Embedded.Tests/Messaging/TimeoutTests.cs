using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Messaging;

public sealed class TimeoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_call_without_an_answer_ends_after_thirty_seconds(int silos) => Sim.Run(silos, async sim =>
    {
        var before = sim.Now;
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").Wait(TimeSpan.FromMinutes(2)));
        Assert.InRange((sim.Now - before).TotalSeconds, 30, 30.1);
    });

    [Fact]
    public void A_method_may_have_a_shorter_time_out() => Sim.Run(1, async sim =>
    {
        var before = sim.Now;
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").WaitWithShortTimeout(TimeSpan.FromMinutes(2)));
        Assert.InRange((sim.Now - before).TotalSeconds, 5, 5.1);
    });

    [Fact]
    public void An_answer_in_time_is_no_time_out() => Sim.Run(1, async sim =>
        Assert.Equal("1", await sim.Probe("a").Wait(TimeSpan.FromSeconds(29))));

    [Fact]
    public void The_callee_keeps_its_turn_after_the_caller_gave_up() => Sim.Run(1, async sim =>
    {
        var first = sim.Probe("a").Wait(TimeSpan.FromSeconds(40));
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        var before = sim.Now;
        await sim.Probe("a").Add(1);
        Assert.InRange((sim.Now - before).TotalSeconds, 9, 10.1);
    });

    [Fact]
    public void A_call_under_way_to_a_killed_silo_fails_and_the_next_finds_a_new_activation() => Sim.Run(2, async sim =>
    {
        var home = await sim.Probe("a").Where();
        var call = sim.Probe("a").Wait(TimeSpan.FromSeconds(5));
        await sim.Pass(1);
        sim.Cluster.Kill(sim.Cluster.Silos.Single(silo => silo.ToString() == home));
        sim.Journal.Killed(home);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.NotEqual(home, await sim.Probe("a").Where());
        Assert.Null(sim.Journal.Twice);
    });

    [Fact]
    public void A_cancelled_call_is_free_at_once_and_its_callee_learns_of_it() => Sim.Run(2, async sim =>
    {
        using var source = new CancellationTokenSource();
        var call = sim.Probe("a").WaitUntilCancelled(source.Token);
        await sim.Pass(1);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await sim.Pass(1);
        Assert.Equal(["entered", "cancelled"], sim.Journal.Lines);
    });

    [Fact]
    public void A_call_cancelled_while_it_waits_never_runs() => Sim.Run(1, async sim =>
    {
        var first = sim.Probe("a").Wait(TimeSpan.FromSeconds(10));
        using var source = new CancellationTokenSource();
        var second = sim.Probe("a").WaitUntilCancelled(source.Token);
        await sim.Pass(1);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first;
        await sim.Pass(1);
        Assert.Empty(sim.Journal.Lines);
    });

    [Fact]
    public void Each_of_many_calls_has_a_deadline_of_its_own() => Sim.Run(2, async sim =>
    {
        var start = sim.Now;
        var ends = await Task.WhenAll(
            Seconds(sim, sim.Probe("a").Wait(TimeSpan.FromMinutes(2))),
            Seconds(sim, sim.Probe("b").WaitWithShortTimeout(TimeSpan.FromMinutes(2))),
            Seconds(sim, Later(sim, 10)));
        Assert.Equal([30, 5, 40], ends);
        Assert.Equal(40, Math.Floor((sim.Now - start).TotalSeconds));

        static async Task Later(Sim sim, int seconds)
        {
            await sim.Pass(seconds);
            await sim.Probe("c").Wait(TimeSpan.FromMinutes(2));
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_call_that_timed_out_while_it_waited_never_runs(int silos) => Sim.Run(silos, async sim =>
    {
        var held = sim.Probe("a").Wait(TimeSpan.FromSeconds(40));
        await sim.Pass(1);
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").Add(5));
        await Assert.ThrowsAsync<TimeoutException>(() => held);
        await sim.Pass(20);
        Assert.Equal(0, await sim.Probe("a").Add(0));
    });

    [Fact]
    public void A_silo_may_have_another_time_out() => Sim.Run(
        1,
        async sim =>
        {
            var start = sim.Now;
            await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").CallBack("b", allow: false));
            Assert.Equal(7, Math.Floor((sim.Now - start).TotalSeconds));
        },
        static silo => silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(7)));

    [Fact]
    public void A_start_that_takes_too_long_is_told_to_give_up() => Sim.Run(
        1,
        async sim =>
        {
            var start = sim.Now;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sim.Cluster.Client.GetGrain<ISleepyGrain>("a").Wake());
            Assert.Equal(6, Math.Floor((sim.Now - start).TotalSeconds));
        },
        static silo => silo.Configure<GrainCollectionOptions>(static options => options.ActivationTimeout = TimeSpan.FromSeconds(6)));

    [Fact]
    public void What_a_turn_leaves_in_an_async_local_does_not_reach_the_next() => Sim.Run(1, async sim =>
    {
        var grain = sim.Cluster.Client.GetGrain<IForgetfulGrain>("a");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => grain.Leave("something")));
        Assert.Null(await grain.Find());
    });

    private static async Task<double> Seconds(Sim sim, Task call)
    {
        var start = sim.Now;
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        return Math.Floor((sim.Now - start).TotalSeconds);
    }
}
