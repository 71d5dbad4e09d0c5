using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Betar.Node.Tests.Configuration.Schema;

/// <summary>A plain reader of the part of JSON schema that ours uses; a word that it does not know is a fault of the test.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly string[] s_notes = ["$schema", "title", "description", "default", "$defs"];

    public List<string> Faults(JsonNode? value)
    {
        var faults = new List<string>();
        Check(root, value, "$", faults);
        return faults;
    }

    private void Check(JsonObject schema, JsonNode? value, string path, List<string> faults)
    {
        foreach (var (word, rule) in schema)
        {
            if (word == "$ref")
                Check(Find(rule!.GetValue<string>()), value, path, faults);
            else if (!s_notes.Contains(word) && !Holds(word, rule!, schema, value, path, faults))
                faults.Add($"{path}: {word}");
        }
    }

    private bool Holds(JsonObject schema, JsonNode? value, string path)
    {
        var faults = new List<string>();
        Check(schema, value, path, faults);
        return faults.Count == 0;
    }

    private JsonObject Find(string reference) => root["$defs"]![reference.Replace("#/$defs/", "", StringComparison.Ordinal)]!.AsObject();

    private bool Holds(string word, JsonNode rule, JsonObject schema, JsonNode? value, string path, List<string> faults)
    {
        var text = value is JsonValue scalar && scalar.TryGetValue(out string? found) ? found : null;
        var number = value is JsonValue amount && text is null && decimal.TryParse(amount.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : (decimal?)null;
        switch (word)
        {
            case "type":
                return (rule is JsonArray many ? many.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()]).Any(type => IsOf(type, value, number));
            case "anyOf":
                return rule.AsArray().Any(one => Holds(one!.AsObject(), value, path));
            case "enum":
                return rule.AsArray().Any(one => JsonNode.DeepEquals(one, value));
            case "required":
                return value is not JsonObject needing || rule.AsArray().All(name => needing.ContainsKey(name!.GetValue<string>()));
            case "properties":
                foreach (var (name, part) in rule.AsObject())
                {
                    if (value is JsonObject map && map.ContainsKey(name))
                        Check(part!.AsObject(), map[name], $"{path}.{name}", faults);
                }

                return true;
            case "additionalProperties":
                var known = schema["properties"]?.AsObject();
                foreach (var (name, extra) in value as JsonObject ?? [])
                {
                    if (known?.ContainsKey(name) == true)
                        continue;
                    if (rule is not JsonObject other)
                        return false;
                    Check(other, extra, $"{path}.{name}", faults);
                }

                return true;
            case "items":
                foreach (var (item, index) in (value as JsonArray ?? []).Select((item, index) => (item, index)))
                    Check(rule.AsObject(), item, $"{path}.{index}", faults);
                return true;
            case "minProperties": return value is not JsonObject few || few.Count >= rule.GetValue<int>();
            case "maxProperties": return value is not JsonObject much || much.Count <= rule.GetValue<int>();
            case "minItems": return value is not JsonArray fewer || fewer.Count >= rule.GetValue<int>();
            case "maxItems": return value is not JsonArray more || more.Count <= rule.GetValue<int>();
            case "minLength": return text is null || text.Length >= rule.GetValue<int>();
            case "maxLength": return text is null || text.Length <= rule.GetValue<int>();
            case "minimum": return number is null || number >= rule.GetValue<decimal>();
            case "maximum": return number is null || number <= rule.GetValue<decimal>();
            case "multipleOf": return number is null || number % rule.GetValue<decimal>() == 0;
            case "pattern": return text is null || Regex.IsMatch(text, rule.GetValue<string>());
            default: throw new InvalidOperationException($"The test's reader does not know the word {word}.");
        }
    }

    private static bool IsOf(string type, JsonNode? value, decimal? number) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        "boolean" => value is JsonValue flag && flag.TryGetValue(out bool _),
        "integer" => number is { } whole && whole == decimal.Truncate(whole),
        "number" => number is not null,
        "string" => value is JsonValue text && text.TryGetValue(out string? _),
        _ => throw new InvalidOperationException($"The test's reader does not know the type {type}."),
    };
}
