using System.Buffers;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Control;

/// <summary>How a refusal travels over the control socket.</summary>
internal static class ControlWire
{
    public static void WriteRefusal(Utf8JsonWriter writer, CliRefusal refusal)
    {
        writer.WriteStartObject();
        writer.WriteString("code", refusal.Error.Code);
        writer.WriteString("detail", refusal.Detail);
        writer.WriteString("next", refusal.Next);
        writer.WriteEndObject();
    }

    /// <summary>The arguments of a call, as one JSON object.</summary>
    public static byte[] Arguments(Action<Utf8JsonWriter>? write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write?.Invoke(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What another process said is for a terminal: it is made visible.</summary>
    public static CliRefusal ReadRefusal(JsonElement answer)
    {
        var code = Text(answer, "code");
        var detail = Text(answer, "detail");
        return ErrorCatalog.Find(code) is { } entry
            ? entry.Refuse(detail, Text(answer, "next") is { Length: > 0 } next ? next : null)
            : ErrorCatalog.Unexpected.Refuse($"{code}: {detail}");
    }

    private static string Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? VisibleText.Of(value.GetString()!)
            : "";
}
