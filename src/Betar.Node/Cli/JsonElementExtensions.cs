using System.Text.Json;

namespace Betar.Node.Cli;

/// <summary>Reads answers for printing: what is absent is empty, what is no text is its JSON.</summary>
internal static class JsonElementExtensions
{
    public static string Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ToString()
            : "";
}
