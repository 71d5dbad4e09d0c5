using Microsoft.Extensions.Logging;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Collects what is logged as an error: in most tests nothing may be.</summary>
internal sealed class FaultLog : ILoggerFactory, ILogger
{
    public List<string> Faults { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Faults.Add($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
