using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>Whether one JSON value holds everything of another: objects may have more members, all else is equal.</summary>
public static class JsonSubset
{
    public static bool Holds(JsonElement? part, JsonElement? whole) =>
        part is not { } needed || IsEmpty(needed) || (whole is { } given && Holds(needed, given));

    private static bool Holds(JsonElement part, JsonElement whole)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return JsonElement.DeepEquals(part, whole);
        }

        if (whole.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var member in part.EnumerateObject())
        {
            if (!whole.TryGetProperty(member.Name, out var value) || !Holds(member.Value, value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 0;
}
