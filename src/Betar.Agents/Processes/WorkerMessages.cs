using System.Text.Json;

namespace Betar.Agents.Processes;

/// <summary>The lines that a worker gets.</summary>
internal static class WorkerMessages
{
    public static byte[] Task(long id, ExecutionRequest request) => Write(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteString("agent", request.AgentId);
        writer.WriteString("caller", request.Caller);
        writer.WriteString("order", request.Order);
        writer.WriteString("input", request.Input);
        writer.WriteBoolean("market", request.Market is not null);
        writer.WriteStartArray("memory");
        foreach (ConversationTurn turn in request.Memory)
        {
            writer.WriteStartObject();
            writer.WriteString("input", turn.Input);
            writer.WriteString("output", turn.Output);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    public static byte[] Cancel(long id) => Write(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteBoolean("cancel", true);
    });

    public static byte[] Result(long id, long call, JsonElement result) => Write(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteNumber("call", call);
        writer.WritePropertyName("result");
        result.WriteTo(writer);
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
