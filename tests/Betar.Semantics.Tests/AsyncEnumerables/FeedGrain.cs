using System.Runtime.CompilerServices;

namespace Betar.Semantics.Tests.AsyncEnumerables;

public sealed class FeedGrain : SceneGrain, IFeedGrain
{
    public async IAsyncEnumerable<int> Count(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            if (i % 7 == 0)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }

    public async IAsyncEnumerable<int> CountByGates(int to)
    {
        try
        {
            for (var i = 1; i <= to; i++)
            {
                await Scene.Gate($"{i}");
                yield return i;
            }
        }
        finally
        {
            Scene.Note("disposed");
        }
    }

    public async IAsyncEnumerable<int> CountThenFail(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i;
        }

        throw new InvalidOperationException("the feed broke");
    }

    public async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                await Task.Yield();
                yield return "again";
                await Scene.Gate("more").WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Scene.Note(cancellationToken.IsCancellationRequested ? "cancelled" : "disposed");
        }
    }

    public async IAsyncEnumerable<Reading> Readings(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return new Reading($"r{i}", i);
        }
    }

    public async Task<int> SumOf(IFeedGrain other, int to)
    {
        var scheduler = TaskScheduler.Current;
        var sum = 0;
        await foreach (var item in other.Count(to))
        {
            Assert.Same(scheduler, TaskScheduler.Current);
            sum += item;
        }

        return sum;
    }

    public Task<string> Ping() => Task.FromResult("pong");
}
