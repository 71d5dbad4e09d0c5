using System.Text.Json;
using System.Text.RegularExpressions;
using Betar.Agents.Configuration;

namespace Betar.Agents.Schemas;

/// <summary>Reads a schema out of JSON, with every fault that it finds on the way.</summary>
internal sealed class JsonSchemaReader
{
    private static readonly HashSet<string> s_types = ["null", "boolean", "object", "array", "number", "integer", "string"];

    private static readonly HashSet<string> s_counts = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

    private static readonly HashSet<string> s_numbers = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

    /// <summary>They say something to people and check nothing.</summary>
    private static readonly HashSet<string> s_notes = ["$schema", "$id", "$comment", "title", "description", "default", "examples", "format", "readOnly", "writeOnly", "deprecated"];

    private readonly List<ExecutorFault> _faults = [];
    private int _depth;
    private int _parts;

    public IReadOnlyList<ExecutorFault> Faults => _faults;

    public JsonSchema Read(JsonElement element, string path)
    {
        var schema = new JsonSchema();
        if (++_parts > SchemaLimits.MaxParts || _depth >= SchemaLimits.MaxDepth)
        {
            if (_faults.Count == 0)
                Fault(path, $"The schema has more than {SchemaLimits.MaxParts} parts or is nested deeper than {SchemaLimits.MaxDepth}.");
            return schema;
        }
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            schema.RefusesAll = element.ValueKind == JsonValueKind.False;
        else if (element.ValueKind != JsonValueKind.Object)
            Fault(path, "A schema is an object, true or false.");
        else
        {
            _depth++;
            foreach (JsonProperty property in element.EnumerateObject())
                Read(schema, property.Name, property.Value, SchemaPath.Join(path, property.Name));
            _depth--;
        }
        return schema;
    }

    private void Read(JsonSchema schema, string keyword, JsonElement value, string path)
    {
        switch (keyword)
        {
            case "type":
                ReadTypes(schema, value, path);
                break;
            case "enum":
                if (schema.Allowed.Count > 0)
                    Fault(path, "Either const or enum says what is allowed.");
                else if (Is(value, JsonValueKind.Array, path) && value.GetArrayLength() == 0)
                    Fault(path, "The list of values is empty.");
                else if (value.ValueKind == JsonValueKind.Array)
                    schema.Allowed.AddRange(value.EnumerateArray().Select(item => item.Clone()));
                break;
            case "const" when schema.Allowed.Count == 0:
                schema.Allowed.Add(value.Clone());
                break;
            case "properties":
                if (Is(value, JsonValueKind.Object, path))
                    foreach (JsonProperty property in value.EnumerateObject())
                        schema.Properties[property.Name] = Read(property.Value, SchemaPath.Join(path, property.Name));
                break;
            case "required":
                schema.Required.AddRange(Texts(value, path));
                break;
            case "additionalProperties":
                schema.AllowsMore = value.ValueKind != JsonValueKind.False;
                schema.More = value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : Read(value, path);
                break;
            case "items":
                schema.Items = Read(value, path);
                break;
            case "pattern":
                ReadPattern(schema, value, path);
                break;
            case "allOf":
                schema.AllOf.AddRange(Schemas(value, path));
                break;
            case "anyOf":
                schema.AnyOf.AddRange(Schemas(value, path));
                break;
            case "oneOf":
                schema.OneOf.AddRange(Schemas(value, path));
                break;
            case "const":
                Fault(path, "Either const or enum says what is allowed.");
                break;
            default:
                ReadLimit(schema, keyword, value, path);
                break;
        }
    }

    private void ReadLimit(JsonSchema schema, string keyword, JsonElement value, string path)
    {
        bool counts = s_counts.Contains(keyword);
        if (counts || s_numbers.Contains(keyword))
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out decimal limit) || (counts && (limit < 0 || limit != decimal.Truncate(limit))))
                Fault(path, counts ? "This is a whole number from 0." : "This is a number.");
            else
                schema.Limits[keyword] = limit;
        }
        else if (!s_notes.Contains(keyword))
            Fault(path, "This keyword is not served; docs/executors.md names those that are.");
    }

    private void ReadTypes(JsonSchema schema, JsonElement value, string path)
    {
        IEnumerable<string> types = value.ValueKind == JsonValueKind.String ? [value.GetString()!] : Texts(value, path);
        foreach (string type in types)
            if (s_types.Contains(type))
                schema.Types.Add(type);
            else
                Fault(path, "There is no such type.");
    }

    private void ReadPattern(JsonSchema schema, JsonElement value, string path)
    {
        if (!Is(value, JsonValueKind.String, path))
            return;
        string pattern = value.GetString()!;
        if (pattern.Length > SchemaLimits.MaxPatternLength)
        {
            Fault(path, $"The pattern has more than {SchemaLimits.MaxPatternLength} characters.");
            return;
        }
        try
        {
            schema.Pattern = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            Fault(path, "The pattern is not a regular expression that can be matched in linear time.");
        }
    }

    private IEnumerable<JsonSchema> Schemas(JsonElement value, string path)
    {
        if (!Is(value, JsonValueKind.Array, path))
            return [];
        if (value.GetArrayLength() == 0)
            Fault(path, "The list of schemas is empty.");
        return [.. value.EnumerateArray().Select((item, place) => Read(item, SchemaPath.Join(path, $"{place}")))];
    }

    private IEnumerable<string> Texts(JsonElement value, string path)
    {
        if (!Is(value, JsonValueKind.Array, path))
            return [];
        if (value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        Fault(path, "This is a list of texts.");
        return [];
    }

    private bool Is(JsonElement value, JsonValueKind kind, string path)
    {
        if (value.ValueKind == kind)
            return true;
        Fault(path, $"This is {(kind == JsonValueKind.Array ? "a list" : kind == JsonValueKind.Object ? "an object" : "a text")}.");
        return false;
    }

    private void Fault(string path, string message)
    {
        if (_faults.Count < SchemaLimits.MaxFaults)
            _faults.Add(new ExecutorFault(path, message));
    }
}
