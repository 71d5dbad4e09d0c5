using Betar.Marketplace;
using Betar.Marketplace.Trust;

namespace Betar.Node.Peering.Market;

/// <summary>The latest changes that buyers of this node saw, numbered, for those who watch. Who reads too slowly is told how many it missed.</summary>
internal sealed class MarketChangeLog : IDisposable
{
    public const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, MarketChange Change)> _latest = new();
    private readonly IMarketplace _market;
    private readonly TimeProvider _time;
    private TaskCompletionSource _more = New();
    private long _count;

    public MarketChangeLog(IMarketplace market, TimeProvider time)
    {
        (_market, _time) = (market, time);
        market.Changed += OnChanged;
    }

    /// <summary>What came after a number; waits for something, or until it is cancelled.</summary>
    /// <param name="after">The number that was given with the last answer; below 0: from now on.</param>
    /// <param name="cancellationToken">Ends the waiting; the answer is then empty.</param>
    public async Task<Part> ReadAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (after < 0 || after > _count)
                    after = _count;
                if (after < _count)
                {
                    long lost = Math.Max(0, _count - _latest.Count - after);
                    return new Part(_count, lost, [.. _latest.Skip((int)(after + lost - (_count - _latest.Count)))]);
                }

                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return new Part(after, 0, []);
            }
        }
    }

    public void Dispose() => _market.Changed -= OnChanged;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnChanged(object? sender, MarketChange change)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _latest.Enqueue((_time.GetUtcNow(), change));
            if (_latest.Count > Capacity)
                _latest.Dequeue();
            _count++;
            (more, _more) = (_more, New());
        }

        more.SetResult();
    }

    /// <summary>Some of the changes.</summary>
    /// <param name="Next">Ask for what comes after this.</param>
    /// <param name="Lost">So many before these are forgotten.</param>
    public sealed record Part(long Next, long Lost, IReadOnlyList<(DateTimeOffset At, MarketChange Change)> Changes);
}
