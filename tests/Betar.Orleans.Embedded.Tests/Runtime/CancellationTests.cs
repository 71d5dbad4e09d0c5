using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

public sealed class CancellationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_grain_learns_that_the_caller_in_another_grain_gave_up(bool apart) => Sim.Run(2, async sim =>
    {
        var (here, there) = apart ? await sim.Apart("a", "b") : await sim.Together("a", "b");
        await sim.Probe(here).CancelCallTo(sim.Probe(there), TimeSpan.FromSeconds(5));
        await sim.Pass(1);
        Assert.Equal(["entered", "caller is free 00:00:05", "cancelled"], Order(sim.Journal.Lines));
    });

    [Fact]
    public void A_token_passes_through_grains_on_several_silos() => Sim.Run(3, async sim =>
    {
        using var source = new CancellationTokenSource();
        var call = sim.Probe("a").ForwardWaiting([sim.Probe("b"), sim.Probe("c"), sim.Probe("d")], source.Token);
        await sim.Pass(5);
        Assert.Equal(["entered"], sim.Journal.Lines);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await sim.Pass(1);
        Assert.Equal(["entered", "cancelled"], sim.Journal.Lines);
    });

    [Fact]
    public void A_call_with_a_cancelled_token_is_not_even_sent() => Sim.Run(2, async sim =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sim.Probe("a").WaitUntilCancelled(source.Token));
        await sim.Pass(1);
        Assert.Equal(0, sim.Journal.Births);
    });

    [Fact]
    public void A_time_out_cancels_the_token_of_the_callee() => Sim.Run(2, async sim =>
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").WaitUntilCancelled(source.Token));
        await sim.Pass(1);
        Assert.Equal(["entered", "cancelled"], sim.Journal.Lines);
    });

    [Fact]
    public void The_time_out_of_a_call_within_a_silo_cancels_its_token_too() => Sim.Run(1, async sim =>
    {
        var (here, there) = await sim.Together("a", "b");
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe(here).ForwardWaiting([sim.Probe(there)], CancellationToken.None));
        await sim.Pass(1);
        Assert.Equal(["entered", "cancelled"], sim.Journal.Lines);
    });

    [Fact]
    public void A_cancellation_after_the_answer_changes_nothing() => Sim.Run(2, async sim =>
    {
        using var source = new CancellationTokenSource();
        Assert.Equal(3, await sim.Probe("a").AddUnlessCancelled(3, source.Token));
        source.Cancel();
        await sim.Pass(1);
        Assert.Equal(4, await sim.Probe("a").Add(1));
    });

    [Fact]
    public void The_token_of_the_exception_is_the_callers_own() => Sim.Run(2, async sim =>
    {
        using var source = new CancellationTokenSource();
        var call = sim.Probe("a").WaitUntilCancelled(source.Token);
        await sim.Pass(1);
        source.Cancel();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(source.Token, error.CancellationToken);
    });

    [Fact]
    public void Two_calls_with_one_token_both_end() => Sim.Run(2, async sim =>
    {
        using var source = new CancellationTokenSource();
        var calls = new[] { sim.Probe("a").WaitUntilCancelled(source.Token), sim.Probe("b").WaitUntilCancelled(source.Token) };
        await sim.Pass(1);
        source.Cancel();
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await sim.Pass(1);
        Assert.Equal(2, sim.Journal.Lines.Count(static line => line == "cancelled"));
    });

    [Fact]
    public void Only_the_call_whose_token_it_is_is_cancelled() => Sim.Run(2, async sim =>
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var one = sim.Probe("a").WaitUntilCancelled(first.Token);
        var other = sim.Probe("b").WaitUntilCancelled(second.Token);
        await sim.Pass(1);
        first.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await sim.Pass(1);
        Assert.False(other.IsCompleted);
        second.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    });

    [Fact]
    public void A_grain_may_say_itself_that_it_was_cancelled() => Sim.Run(2, async sim =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sim.Probe("a").CancelItself()));

    [Fact]
    public void Nothing_is_kept_of_calls_that_are_over() => Sim.Run(1, async sim =>
    {
        var silo = sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>();
        using var source = new CancellationTokenSource();
        await sim.Probe("a").AddUnlessCancelled(3, source.Token);
        Assert.Equal(0, silo.CancellableCalls);
        var running = sim.Probe("a").WaitUntilCancelled(source.Token);
        var waiting = sim.Probe("a").AddUnlessCancelled(1, source.Token);
        await sim.Pass(1);
        Assert.Equal(2, silo.CancellableCalls);
        source.Cancel();
        foreach (var call in new[] { running, waiting })
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await sim.Pass(1);
        Assert.Equal(0, silo.CancellableCalls);
    });

    [Fact]
    public void Nothing_is_kept_of_calls_that_timed_out_in_the_queue() => Sim.Run(1, async sim =>
    {
        var silo = sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<Silo>();
        using var source = new CancellationTokenSource();
        var held = sim.Probe("a").Wait(TimeSpan.FromSeconds(40));
        await Assert.ThrowsAsync<TimeoutException>(() => sim.Probe("a").AddUnlessCancelled(1, source.Token));
        await Assert.ThrowsAsync<TimeoutException>(() => held);
        await sim.Pass(20);
        Assert.Equal(0, silo.CancellableCalls);
    });

    // The caller is freed at once; whether it or the callee notes it first is nobody's promise.
    private static string[] Order(IReadOnlyList<string> lines) =>
        [.. lines.OrderBy(static line => line switch { "entered" => 0, "cancelled" => 2, _ => 1 })];
}
