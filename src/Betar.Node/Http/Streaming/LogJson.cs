using System.Text.Json;

namespace Betar.Node.Http.Streaming;

/// <summary>A line of the log for machines.</summary>
internal static class LogJson
{
    public static void Write(Utf8JsonWriter writer, LogRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("at", record.At);
        writer.WriteString("level", record.Level.ToString().ToLowerInvariant());
        writer.WriteString("category", record.Category);
        writer.WriteString("message", record.Message);
        if (record.Fault is not null)
            writer.WriteString("fault", record.Fault);
        if (record.Trace is not null)
            writer.WriteString("trace", record.Trace);
        writer.WriteEndObject();
    }
}
