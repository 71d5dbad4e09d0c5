using System.Text.Json;

namespace Betar.Node.Http.Legacy;

/// <summary>JSON of the original's routes: it ends with a new line.</summary>
internal static class LegacyJson
{
    public static ApiAnswer Of(Action<Utf8JsonWriter> write, int status = 200)
    {
        ApiAnswer answer = ApiAnswer.Json(write, status);
        byte[] body = new byte[answer.Body.Length + 1];
        answer.Body.CopyTo(body);
        body[^1] = (byte)'\n';
        return answer with { Body = body };
    }

    public static ApiAnswer Of(JsonElement value, int status = 200) => Of(value.WriteTo, status);

    public static ApiAnswer ListOf(IReadOnlyList<JsonElement> items, Action<Utf8JsonWriter, JsonElement> write) => Of(writer =>
    {
        writer.WriteStartArray();
        foreach (JsonElement item in items)
            write(writer, item);
        writer.WriteEndArray();
    });

    /// <summary>The fields of a value that the original has, in its order; those that are not there are left out.</summary>
    public static void Copy(Utf8JsonWriter writer, JsonElement from, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (from.TryGetProperty(name, out JsonElement value))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }
    }
}
