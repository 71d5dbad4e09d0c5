using Betar.Node.Cli;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>One line a record: time, level, where, what. Line breaks and control characters of foreign text are made visible, those of exceptions too.</summary>
internal sealed class LineLoggerFactory(TextWriter output, LogLevel level, TimeProvider time) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    /// <summary>There is one place to write to, and it is given.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private void Write(LogLevel at, string category, string message, Exception? fault)
    {
        string line = $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {at.ToString().ToLowerInvariant(),-11} {category}: {VisibleText.Of(message)}";
        lock (output)
        {
            output.WriteLine(line);
            if (fault is not null)
                WriteFault(fault);
        }
    }

    /// <summary>A stack trace needs its lines, and a message in it may be a stranger's: every line is indented, so that none looks like a record.</summary>
    private void WriteFault(Exception fault)
    {
        foreach (string line in fault.ToString().Split('\n'))
            output.WriteLine("  " + VisibleText.Of(line.TrimEnd('\r')));
    }

    private sealed class LineLogger(LineLoggerFactory owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= owner.Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                owner.Write(logLevel, category, formatter(state, exception), exception);
        }
    }

    private LogLevel Level => level;
}
