using System.Text.Json;
using System.Text.RegularExpressions;
using Betar.Agents.Configuration;

namespace Betar.Agents.Schemas;

/// <summary>
/// A JSON schema of the subset that is served here: type, enum, const, properties, required, additionalProperties, items, the
/// limits of numbers, texts, lists and objects, pattern, anyOf, oneOf and allOf. A schema with any other keyword is refused as a
/// whole, so that nobody believes in a check that is not made.
/// </summary>
public sealed class JsonSchema
{
    internal JsonSchema()
    {
    }

    internal HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    internal List<JsonElement> Allowed { get; } = [];

    internal Dictionary<string, JsonSchema> Properties { get; } = new(StringComparer.Ordinal);

    internal List<string> Required { get; } = [];

    internal bool AllowsMore { get; set; } = true;

    internal JsonSchema? More { get; set; }

    internal JsonSchema? Items { get; set; }

    /// <summary>Limits by keyword, such as <c>maxLength</c>.</summary>
    internal Dictionary<string, decimal> Limits { get; } = new(StringComparer.Ordinal);

    internal Regex? Pattern { get; set; }

    internal List<JsonSchema> AllOf { get; } = [];

    internal List<JsonSchema> AnyOf { get; } = [];

    internal List<JsonSchema> OneOf { get; } = [];

    /// <summary>True for the schema <c>false</c>, which nothing satisfies.</summary>
    internal bool RefusesAll { get; set; }

    /// <returns>The schema, or null with what is wrong with it.</returns>
    public static JsonSchema? Parse(string text, out IReadOnlyList<ExecutorFault> faults)
    {
        if (text.Length > SchemaLimits.MaxTextLength)
        {
            faults = [new ExecutorFault("", $"The schema has more than {SchemaLimits.MaxTextLength} characters.")];
            return null;
        }
        using JsonDocument? document = JsonTexts.Parse(text);
        if (document is null)
        {
            faults = [new ExecutorFault("", "The schema is not JSON with whole texts and every name once.")];
            return null;
        }
        var reader = new JsonSchemaReader();
        JsonSchema schema = reader.Read(document.RootElement, "");
        faults = reader.Faults;
        return faults.Count == 0 ? schema : null;
    }

    /// <summary>Everything that is wrong with a value, with its place; at most <see cref="SchemaLimits.MaxFaults"/>.</summary>
    public IReadOnlyList<ExecutorFault> Check(JsonElement value)
    {
        List<ExecutorFault> faults = [];
        JsonTexts.Find(value, "", faults);
        if (faults.Count == 0)
            new JsonSchemaCheck(faults).Run(this, value, "");
        return faults.Count <= SchemaLimits.MaxFaults ? faults : faults[..SchemaLimits.MaxFaults];
    }
}
