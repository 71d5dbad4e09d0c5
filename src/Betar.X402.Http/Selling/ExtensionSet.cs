using System.Text.Json;

namespace Betar.X402.Http.Selling;

/// <summary>Several extensions in one object.</summary>
internal static class ExtensionSet
{
    internal static JsonElement Join(JsonElement? first, JsonElement second)
    {
        if (first is not { ValueKind: JsonValueKind.Object } members)
        {
            return second;
        }

        var joined = members.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        foreach (var member in second.EnumerateObject())
        {
            joined[member.Name] = member.Value;
        }

        return JsonSerializer.SerializeToElement(joined);
    }
}
