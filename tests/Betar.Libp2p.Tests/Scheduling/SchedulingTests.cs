using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Libp2p.Tests.Scheduling;

public sealed class SchedulingTests
{
    [Fact]
    public void A_gate_lets_so_many_in_in_order() => Simulated.Run(async run =>
    {
        var gate = new AsyncGate(2, run.Scheduler);
        var (inside, most, order) = (0, 0, new List<int>());
        async Task EnterAsync(int number)
        {
            await gate.EnterAsync(default);
            order.Add(number);
            most = Math.Max(most, ++inside);
            await run.Wait(TimeSpan.FromSeconds(1));
            inside--;
            gate.Leave();
        }

        await Task.WhenAll(Enumerable.Range(0, 7).Select(EnterAsync));

        Assert.Equal(2, most);
        Assert.Equal(Enumerable.Range(0, 7), order.Order());
        Assert.Equal([0, 1], order.Take(2));
    });

    [Fact]
    public void Who_gives_up_waiting_takes_no_place() => Simulated.Run(async run =>
    {
        var gate = new AsyncGate(1, run.Scheduler);
        await gate.EnterAsync(default);
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(1), run.Time);
        var given = gate.EnterAsync(impatient.Token);
        var patient = gate.EnterAsync(default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        gate.Leave();
        await patient;
        gate.Leave();
        await gate.EnterAsync(default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.EnterAsync(new CancellationToken(true)));
    });

    [Fact]
    public void A_deadline_tells_its_own_end_from_the_callers() => Simulated.Run(async run =>
    {
        using var caller = new CancellationTokenSource();
        using var late = new Deadline(TimeSpan.FromSeconds(1), run.Time, caller.Token);
        using var cancelled = new Deadline(TimeSpan.FromSeconds(5), run.Time, caller.Token);
        await run.Wait(TimeSpan.FromSeconds(2));
        Assert.True(late.Expired && late.Token.IsCancellationRequested);
        Assert.False(cancelled.Token.IsCancellationRequested);

        caller.Cancel();

        Assert.True(cancelled.Token.IsCancellationRequested && !cancelled.Expired && !late.Expired);
    });

    [Fact]
    public void Background_work_is_waited_for_with_all_that_it_starts_and_its_faults_stop_nobody() => Simulated.Run(async run =>
    {
        var work = new BackgroundWork(run.Scheduler, NullLogger.Instance);
        var ended = 0;
        work.Run(async () =>
        {
            await run.Wait(TimeSpan.FromSeconds(1));
            work.Run(async () =>
            {
                await run.Wait(TimeSpan.FromSeconds(1));
                ended++;
            });
        });
        work.Run(() => throw new InvalidOperationException("a bug"));
        work.Run(() => Task.FromCanceled(new CancellationToken(true)));

        await work.WhenIdleAsync();

        Assert.Equal((1, 0), (ended, work.Count));
    });

    [Fact]
    public void Reading_fully_stops_at_the_end() => Simulated.Run(async _ =>
    {
        var buffer = new byte[5];
        Assert.Equal(3, await new MemoryStream(new byte[3]).ReadFullyAsync(buffer));
        Assert.Equal(5, await new MemoryStream(new byte[9]).ReadFullyAsync(buffer));
        Assert.Equal(0, await new MemoryStream(new byte[9]).ReadFullyAsync(Memory<byte>.Empty));
    });
}
