using System.Threading.Channels;

namespace Betar.Node.Http.Streaming;

/// <summary>One who hears the log: so many records wait for it, and when there are more it is dropped.</summary>
internal sealed class LogListener : IDisposable
{
    private readonly LogFeed _feed;
    private readonly Channel<LogRecord> _queue;

    public LogListener(LogFeed feed, int queue) =>
        (_feed, _queue) = (feed, Channel.CreateBounded<LogRecord>(new BoundedChannelOptions(queue) { SingleReader = true }));

    /// <summary>Ends when it was too slow.</summary>
    public ChannelReader<LogRecord> Records => _queue.Reader;

    /// <summary>False: it was too slow, and hears no more.</summary>
    public bool TryTake(LogRecord record)
    {
        if (_queue.Writer.TryWrite(record))
            return true;
        if (_queue.Writer.TryComplete())
            HttpInstruments.OnListenerDropped();
        return false;
    }

    public void Dispose()
    {
        _feed.Remove(this);
        _queue.Writer.TryComplete();
    }
}
