using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Streaming;

/// <summary>The node's log, also for those who listen to it from elsewhere. While nobody listens and nothing is kept it is the inner log and nothing more.</summary>
internal sealed class LogFeed(ILoggerFactory inner, TimeProvider time) : ILoggerFactory
{
    private readonly ConcurrentDictionary<LogListener, LogLevel> _listeners = new();

    /// <summary>Keeps the latest records for those who ask later; null: nothing is kept.</summary>
    public LogRing? Ring { get; init; }

    public ILogger CreateLogger(string categoryName) => new Logger(this, inner.CreateLogger(categoryName), categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <summary>Hears every record of that level and above until it is disposed.</summary>
    public LogListener Listen(LogLevel level, int queue)
    {
        var listener = new LogListener(this, queue);
        _listeners[listener] = level;
        return listener;
    }

    public void Remove(LogListener listener) => _listeners.TryRemove(listener, out _);

    public void Dispose()
    {
    }

    private bool IsHeard(LogLevel level)
    {
        if (Ring?.Keeps(level) == true)
            return true;
        foreach ((_, LogLevel least) in _listeners)
        {
            if (level >= least)
                return true;
        }

        return false;
    }

    private void Publish(LogLevel level, string category, string message, Exception? fault)
    {
        var record = new LogRecord(time.GetUtcNow(), level, category, message, fault?.GetType().Name) { Trace = Activity.Current?.TraceId.ToHexString() };
        if (Ring?.Keeps(level) == true)
            Ring.Add(record);
        foreach ((LogListener listener, LogLevel least) in _listeners)
        {
            if (level >= least && !listener.TryTake(record))
                Remove(listener);
        }
    }

    private sealed class Logger(LogFeed feed, ILogger inner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel) || feed.IsHeard(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel))
                inner.Log(logLevel, eventId, state, exception, formatter);
            if (feed.IsHeard(logLevel))
                feed.Publish(logLevel, category, formatter(state, exception), exception);
        }
    }
}
