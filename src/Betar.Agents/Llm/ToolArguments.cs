using System.Text.Json;
using Betar.Agents.Schemas;

namespace Betar.Agents.Llm;

/// <summary>Arguments that a model wrote, as the abstraction carries them.</summary>
internal static class ToolArguments
{
    /// <summary>Stands alone when a model wrote no JSON object.</summary>
    private const string Malformed = "\0malformed";

    public static Dictionary<string, object?> Read(string? json)
    {
        using JsonDocument? document = string.IsNullOrWhiteSpace(json) ? JsonTexts.Parse("{}") : JsonTexts.Parse(json);
        return document?.RootElement.ValueKind == JsonValueKind.Object
            ? document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value.Clone(), StringComparer.Ordinal)
            : new Dictionary<string, object?> { [Malformed] = true };
    }

    public static string Write(IDictionary<string, object?>? arguments) => ToElement(arguments) is { } element ? element.GetRawText() : "{}";

    /// <returns>Null for arguments that were no JSON object.</returns>
    public static JsonElement? ToElement(IDictionary<string, object?>? arguments)
    {
        if (arguments?.ContainsKey(Malformed) == true)
            return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in arguments ?? new Dictionary<string, object?>())
            {
                writer.WritePropertyName(name);
                if (value is JsonElement element)
                    element.WriteTo(writer);
                else if (value is null)
                    writer.WriteNullValue();
                else
                    writer.WriteStringValue(value.ToString());
            }
            writer.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }
}
