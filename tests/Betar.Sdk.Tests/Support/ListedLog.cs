using Microsoft.Extensions.Logging;

namespace Betar.Sdk.Tests.Support;

/// <summary>A program's own log, as lines.</summary>
internal sealed class ListedLog(List<string> lines) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
            lines.Add(formatter(state, exception));
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
