using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Cli;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Composition;

/// <summary>One JSON object a line: time, level, where, what, the fields of which it was made, and the trace that it belongs to.</summary>
internal sealed class JsonLoggerFactory(TextWriter output, LogLevel level, TimeProvider time) : ILoggerFactory
{
    private const string Template = "{OriginalFormat}";

    public ILogger CreateLogger(string categoryName) => new JsonLogger(this, categoryName);

    /// <summary>There is one place to write to, and it is given.</summary>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private LogLevel Level => level;

    private void Write(LogLevel at, string category, string message, IEnumerable<KeyValuePair<string, object?>> fields, Exception? fault)
    {
        using JsonDocument record = JsonOutput.Parse(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("at", time.GetUtcNow());
            writer.WriteString("level", at.ToString().ToLowerInvariant());
            writer.WriteString("category", category);
            writer.WriteString("message", message);
            writer.WriteStartObject("fields");
            foreach ((string name, object? value) in fields)
                writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
            writer.WriteEndObject();
            if (Activity.Current is { } span)
            {
                writer.WriteString("trace", span.TraceId.ToHexString());
                writer.WriteString("span", span.SpanId.ToHexString());
            }

            if (fault is not null)
                writer.WriteString("fault", fault.ToString());
            writer.WriteEndObject();
        });
        lock (output)
            output.WriteLine(record.RootElement.GetRawText());
    }

    private sealed class JsonLogger(JsonLoggerFactory owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= owner.Level;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            IEnumerable<KeyValuePair<string, object?>> fields = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).Where(field => field.Key != Template);
            owner.Write(logLevel, category, formatter(state, exception), fields.DistinctBy(field => field.Key), exception);
        }
    }
}
