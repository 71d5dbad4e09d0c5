using System.Text.Json;
using Betar.Agents.Configuration;

namespace Betar.Agents.Schemas;

/// <summary>What the parser lets through and a reader would stumble over: half characters, and names given twice.</summary>
internal static class JsonTexts
{
    /// <summary>A document with whole texts and every name once in its object; null for anything else.</summary>
    public static JsonDocument? Parse(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // A lone surrogate has no bytes.
            return null;
        }

        List<ExecutorFault> faults = [];
        Find(document.RootElement, "", faults);
        if (faults.Count == 0)
            return document;
        document.Dispose();
        return null;
    }

    public static void Find(JsonElement value, string path, List<ExecutorFault> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when TextOf(value) is null:
                faults.Add(new ExecutorFault(path, "The text is not made of whole characters."));
                break;
            case JsonValueKind.Array:
                int place = 0;
                foreach (JsonElement item in value.EnumerateArray())
                    Find(item, SchemaPath.Join(path, $"{place++}"), faults);
                break;
            case JsonValueKind.Object:
                FindInObject(value, path, faults);
                break;
        }
    }

    private static void FindInObject(JsonElement value, string path, List<ExecutorFault> faults)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                faults.Add(new ExecutorFault(path, "A name is not made of whole characters."));
                continue;
            }
            if (!names.Add(name))
                faults.Add(new ExecutorFault(SchemaPath.Join(path, name), "This is given twice."));
            Find(property.Value, SchemaPath.Join(path, name), faults);
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
