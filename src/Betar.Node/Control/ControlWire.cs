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
            ? value.GetString()!
            : "";
}
