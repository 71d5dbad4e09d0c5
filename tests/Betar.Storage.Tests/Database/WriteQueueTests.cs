using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Tests.Database;

/// <summary>Many push, one takes: nothing is lost, nothing comes twice, and after the last look nothing slips in.</summary>
public sealed class WriteQueueTests
{
    [Fact]
    public void What_was_pushed_is_taken_at_once_oldest_first()
    {
        var queue = new WriteQueue(10);
        var operations = Push(queue, 4);
        Assert.Equal(operations, Chain(queue.TakeAll()));
        Assert.Null(queue.TakeAll());
    }

    [Fact]
    public void One_above_the_capacity_is_refused_until_one_is_done()
    {
        var queue = new WriteQueue(2);
        Push(queue, 2);
        for (var again = 0; again < 5; again++)
            Assert.Equal(WritePush.Full, queue.Push(new Write(0)));

        // Taking makes no room: what was taken still waits for its turn.
        Assert.Equal(2, Chain(queue.TakeAll()).Count);
        Assert.Equal(WritePush.Full, queue.Push(new Write(0)));
        queue.Done();
        Assert.Equal(WritePush.Queued, queue.Push(new Write(0)));
        Assert.Equal(WritePush.Full, queue.Push(new Write(0)));
    }

    [Fact]
    public void Closing_takes_what_waits_and_refuses_what_comes_later()
    {
        var queue = new WriteQueue(10);
        var operations = Push(queue, 3);
        Assert.Equal(operations, Chain(queue.Close()));
        Assert.Equal(WritePush.Closed, queue.Push(new Write(9)));
        Assert.Null(queue.Close());
    }

    [Fact]
    public void Closing_an_empty_queue_takes_nothing() => Assert.Null(new WriteQueue(1).Close());

    [Fact]
    public async Task A_push_wakes_the_one_who_waits()
    {
        var queue = new WriteQueue(10);
        for (var round = 0; round < 200; round++)
        {
            var waiting = Task.Run(queue.Wait);
            Push(queue, 1);
            await waiting;
            Assert.NotNull(queue.TakeAll());
            queue.Done();
        }
    }

    [Fact]
    public async Task A_nudge_wakes_the_one_who_waits_once()
    {
        var queue = new WriteQueue(10);
        queue.Nudge();
        await Task.Run(queue.Wait);
        var second = Task.Run(queue.Wait);
        Push(queue, 1);
        await second;
    }

    [Fact]
    public async Task Many_pushers_and_one_taker_lose_nothing_and_keep_each_pushers_order()
    {
        const int Pushers = 8, Each = 5_000;
        var queue = new WriteQueue(int.MaxValue);
        var taken = new List<Write>();
        var pushing = Enumerable.Range(0, Pushers).Select(pusher => Task.Run(() =>
        {
            for (var number = 0; number < Each; number++)
                Assert.Equal(WritePush.Queued, queue.Push(new Write(pusher * Each + number)));
        })).ToArray();
        await Task.Run(() =>
        {
            while (taken.Count < Pushers * Each)
            {
                queue.Wait();
                taken.AddRange(Chain(queue.TakeAll()));
            }
        });
        await Task.WhenAll(pushing);
        Assert.Equal(Pushers * Each, taken.Distinct().Count());
        foreach (var pusher in taken.GroupBy(write => write.Number / Each))
            Assert.Equal(pusher.Select(write => write.Number).Order(), pusher.Select(write => write.Number));
    }

    [Fact]
    public async Task A_close_among_pushers_leaves_each_operation_with_exactly_one_fate()
    {
        const int Pushers = 4, Each = 2_000;
        var queue = new WriteQueue(int.MaxValue);
        var accepted = 0;
        using var started = new Barrier(Pushers + 1);
        var pushing = Enumerable.Range(0, Pushers).Select(pusher => Task.Run(() =>
        {
            started.SignalAndWait();
            for (var number = 0; number < Each; number++)
            {
                if (queue.Push(new Write(number)) == WritePush.Queued)
                    Interlocked.Increment(ref accepted);
            }
        })).ToArray();
        started.SignalAndWait();
        var taken = Chain(queue.TakeAll()).Count;
        taken += Chain(queue.Close()).Count;
        await Task.WhenAll(pushing);
        Assert.Equal(accepted, taken);
        Assert.Null(queue.Close());
    }

    private static List<Write> Push(WriteQueue queue, int count)
    {
        var operations = Enumerable.Range(0, count).Select(number => new Write(number)).ToList();
        Assert.All(operations, operation => Assert.Equal(WritePush.Queued, queue.Push(operation)));
        return operations;
    }

    private static List<Write> Chain(WriteOperation? first)
    {
        var chain = new List<Write>();
        for (var operation = first; operation is not null; operation = operation.Next)
            chain.Add((Write)operation);
        return chain;
    }

    private sealed class Write(int number) : WriteOperation
    {
        public int Number => number;

        public override bool Cancelled => false;

        public override void Execute(SqliteConnection connection)
        {
        }

        public override void Complete(Exception? failure)
        {
        }
    }
}
