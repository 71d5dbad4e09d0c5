using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication.Walking;

namespace Betar.Marketplace.Tests.Replication.Walking;

public sealed class SerialWorkTests
{
    [Fact]
    public void Pieces_run_one_after_the_other_in_order() => Simulated.Run(async run =>
    {
        var (work, log, inside) = (new SerialWork(run.Scheduler, _ => { }), new List<int>(), 0);
        for (var i = 0; i < 20; i++)
        {
            var number = i;
            work.Post(async () =>
            {
                Assert.Equal(1, ++inside);
                await run.Wait(TimeSpan.FromMilliseconds(20 - number));
                log.Add(number);
                inside--;
            });
        }

        await work.CloseAsync();
        Assert.Equal(Enumerable.Range(0, 20), log);
    });

    [Fact]
    public void A_piece_that_fails_is_told_and_stops_nothing() => Simulated.Run(async run =>
    {
        var (failures, ran) = (new List<string>(), false);
        var work = new SerialWork(run.Scheduler, error => failures.Add(error.Message));
        work.Post(() => throw new InvalidOperationException("first"));
        work.Post(() =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        await work.CloseAsync();
        Assert.True(ran);
        Assert.Equal(["first"], failures);
    });

    [Fact]
    public void Who_waits_gets_the_answer_or_the_failure() => Simulated.Run(async run =>
    {
        var work = new SerialWork(run.Scheduler, _ => { });

        Assert.Equal(7, await work.RunAsync(() => Task.FromResult(7)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => work.RunAsync<int>(() => throw new InvalidOperationException()));
    });

    [Fact]
    public void What_is_closed_takes_nothing() => Simulated.Run(async run =>
    {
        var work = new SerialWork(run.Scheduler, _ => { });
        await work.CloseAsync();

        Assert.False(work.Post(() => Task.CompletedTask));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => work.RunAsync(() => Task.FromResult(1)));
        Assert.Equal(0, work.Waiting);
    });
}
