using System.Globalization;
using System.Text.Json;
using Betar.Agents.Configuration;

namespace Betar.Agents.Schemas;

/// <summary>
/// Holds one value against a schema. Messages never repeat the value: it may be a secret that stands in the wrong place, or a
/// stranger's text.
/// </summary>
internal sealed class JsonSchemaCheck(List<ExecutorFault> faults)
{
    public void Run(JsonSchema schema, JsonElement value, string path)
    {
        if (faults.Count > SchemaLimits.MaxFaults)
            return;
        if (schema.RefusesAll)
            Fault(path, "Nothing may stand here.");
        if (schema.Types.Count > 0 && !schema.Types.Any(type => IsOf(type, value)))
        {
            Fault(path, $"This is not {string.Join(" or ", schema.Types.Select(Name))}.");
            return;
        }
        if (schema.Allowed.Count > 0 && !schema.Allowed.Exists(allowed => JsonElement.DeepEquals(allowed, value)))
            Fault(path, $"This is not {string.Join(" or ", schema.Allowed.Select(allowed => allowed.GetRawText()))}.");

        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                CheckNumber(schema, value, path);
                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!, path);
                break;
            case JsonValueKind.Array:
                CheckList(schema, value, path);
                break;
            case JsonValueKind.Object:
                CheckObject(schema, value, path);
                break;
        }
        CheckParts(schema, value, path);
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && IsWhole(value),
        _ => value.ValueKind == JsonValueKind.String,
    };

    private static bool IsWhole(JsonElement value) =>
        value.TryGetDecimal(out decimal number) ? number == decimal.Truncate(number) : double.IsInteger(value.GetDouble());

    private static string Name(string type) => type switch
    {
        "null" => "null",
        "boolean" => "true or false",
        "object" => "an object",
        "array" => "a list",
        "number" => "a number",
        "integer" => "a whole number",
        _ => "a text",
    };

    private void CheckNumber(JsonSchema schema, JsonElement value, string path)
    {
        foreach ((string keyword, decimal limit) in schema.Limits)
        {
            // What is larger than a decimal is compared by its sign: every limit is a decimal.
            int order = value.TryGetDecimal(out decimal number) ? number.CompareTo(limit) : Math.Sign(value.GetDouble());
            bool fits = keyword switch
            {
                "minimum" => order >= 0,
                "maximum" => order <= 0,
                "exclusiveMinimum" => order > 0,
                "exclusiveMaximum" => order < 0,
                _ => true,
            };
            if (!fits)
                Fault(path, string.Create(CultureInfo.InvariantCulture, $"The number is not {Words(keyword)} {limit}."));
        }
    }

    private static string Words(string keyword) => keyword switch
    {
        "minimum" => "at least",
        "maximum" => "at most",
        "exclusiveMinimum" => "more than",
        _ => "less than",
    };

    private void CheckText(JsonSchema schema, string text, string path)
    {
        CheckCount(schema, "Length", text.EnumerateRunes().Count(), "characters", path);
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            Fault(path, $"The text does not look like {pattern}.");
    }

    private void CheckList(JsonSchema schema, JsonElement value, string path)
    {
        CheckCount(schema, "Items", value.GetArrayLength(), "items", path);
        if (schema.Items is not { } items)
            return;
        int place = 0;
        foreach (JsonElement item in value.EnumerateArray())
            Run(items, item, SchemaPath.Join(path, $"{place++}"));
    }

    private void CheckObject(JsonSchema schema, JsonElement value, string path)
    {
        CheckCount(schema, "Properties", value.GetPropertyCount(), "names", path);
        foreach (string name in schema.Required)
            if (!value.TryGetProperty(name, out _))
                Fault(SchemaPath.Join(path, name), "This is missing.");
        foreach (JsonProperty property in value.EnumerateObject())
        {
            string place = SchemaPath.Join(path, property.Name);
            if (schema.Properties.TryGetValue(property.Name, out JsonSchema? known))
                Run(known, property.Value, place);
            else if (!schema.AllowsMore)
                Fault(place, "There is no such name here.");
            else if (schema.More is { } more)
                Run(more, property.Value, place);
        }
    }

    private void CheckParts(JsonSchema schema, JsonElement value, string path)
    {
        foreach (JsonSchema part in schema.AllOf)
            Run(part, value, path);
        if (schema.AnyOf.Count > 0 && !schema.AnyOf.Exists(part => Fits(part, value)))
            Fault(path, "This fits none of the forms that it may have.");
        if (schema.OneOf.Count > 0 && schema.OneOf.Count(part => Fits(part, value)) != 1)
            Fault(path, "This does not fit exactly one of the forms that it may have.");
    }

    private static bool Fits(JsonSchema schema, JsonElement value)
    {
        List<ExecutorFault> found = [];
        new JsonSchemaCheck(found).Run(schema, value, "");
        return found.Count == 0;
    }

    private void CheckCount(JsonSchema schema, string what, int count, string unit, string path)
    {
        if (schema.Limits.TryGetValue("min" + what, out decimal least) && count < least)
            Fault(path, $"This has {count} {unit}; at least {least} are needed.");
        if (schema.Limits.TryGetValue("max" + what, out decimal most) && count > most)
            Fault(path, $"This has {count} {unit}; the limit is {most}.");
    }

    private void Fault(string path, string message) => faults.Add(new ExecutorFault(path, message));
}
