using System.Threading.Channels;
using Betar.Marketplace;
using Betar.Marketplace.Trust;

namespace Betar.Node.Trading;

/// <summary>
/// The first seconds of a node, in which it has not heard again what others sell: what it is asked for then is waited for, so that a workflow that goes on
/// after a crash finds its sellers. Later, what it does not know it does not know.
/// </summary>
internal sealed class FirstNews(TimeProvider time)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The node is on the network; from here on the time runs.</summary>
    /// <param name="settling">No time at all: there is nobody to hear from.</param>
    public void Begin(TimeSpan settling)
    {
        if (settling <= TimeSpan.Zero)
            _over.TrySetResult();
        else
            _ = Task.Delay(settling, time).ContinueWith(_ => _over.TrySetResult(), TaskScheduler.Default);
    }

    /// <summary>Looks again after each change of the marketplace, until what is seen will do or the time is over.</summary>
    public async Task<T> LookAsync<T>(IMarketplace market, Func<ValueTask<T>> look, Predicate<T> willDo, CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<MarketChange>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void OnChanged(object? sender, MarketChange change) => changes.Writer.TryWrite(change);
        market.Changed += OnChanged;
        try
        {
            while (true)
            {
                T seen = await look();
                if (_over.Task.IsCompleted || willDo(seen))
                    return seen;
                await Task.WhenAny(changes.Reader.WaitToReadAsync(cancellationToken).AsTask(), _over.Task).WaitAsync(cancellationToken);
                changes.Reader.TryRead(out _);
            }
        }
        finally
        {
            market.Changed -= OnChanged;
        }
    }
}
