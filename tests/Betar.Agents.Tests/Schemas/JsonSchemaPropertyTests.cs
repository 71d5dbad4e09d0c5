using System.Globalization;
using System.Text.Json;
using Betar.Agents.Configuration;
using Betar.Agents.Schemas;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Schemas;

/// <summary>Random values against schemas that were made from them.</summary>
public sealed class JsonSchemaPropertyTests
{
    private const int Rounds = 500;

    /// <summary>A schema that describes exactly the shape of a value takes the value; the same schema wants one more name, and refuses it.</summary>
    [Fact]
    public void A_value_fits_the_schema_of_its_own_shape()
    {
        for (int round = 0; round < Rounds; round++)
        {
            int seed = TestSeed.Value + round;
            string value = Value(new Random(seed), 3);
            using JsonDocument document = JsonDocument.Parse(value);
            string schema = Shape(document.RootElement);

            Assert.True(Check(schema, document.RootElement).Count == 0, $"seed {seed}: {schema} refuses {value}");
            Assert.True(Check($$"""{"allOf":[{{schema}},{"const":"another"}]}""", document.RootElement).Count > 0, $"seed {seed}: {value}");
        }
    }

    [Fact]
    public void Allof_is_and_anyof_is_or_and_oneof_is_exactly_one()
    {
        for (int round = 0; round < Rounds; round++)
        {
            int seed = TestSeed.Value + round;
            var random = new Random(seed);
            string[] parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Limit(random))];
            using JsonDocument value = JsonDocument.Parse(random.Next(-5, 6).ToString(CultureInfo.InvariantCulture));
            int fitting = parts.Count(part => Check(part, value.RootElement).Count == 0);

            foreach ((string keyword, bool fits) in new[] { ("allOf", fitting == parts.Length), ("anyOf", fitting > 0), ("oneOf", fitting == 1) })
                Assert.True(fits == (Check($$"""{"{{keyword}}":[{{string.Join(',', parts)}}]}""", value.RootElement).Count == 0), $"seed {seed}: {keyword}");
        }
    }

    [Fact]
    public void A_number_is_compared_as_numbers_are()
    {
        for (int round = 0; round < Rounds; round++)
        {
            int seed = TestSeed.Value + round;
            var random = new Random(seed);
            decimal number = random.Next(-1000, 1000) / 10m, limit = random.Next(-1000, 1000) / 10m;
            using JsonDocument value = JsonDocument.Parse(number.ToString(CultureInfo.InvariantCulture));

            foreach ((string keyword, bool fits) in new[]
            {
                ("minimum", number >= limit), ("maximum", number <= limit), ("exclusiveMinimum", number > limit), ("exclusiveMaximum", number < limit),
            })
                Assert.True(fits == (Check(Of(keyword, limit), value.RootElement).Count == 0), $"seed {seed}: {number} {keyword} {limit}");
        }
    }

    private static string Limit(Random random) => Of(random.Next(2) == 0 ? "minimum" : "maximum", random.Next(-5, 6));

    private static string Of(string keyword, decimal limit) => string.Create(CultureInfo.InvariantCulture, $$"""{"{{keyword}}":{{limit}} }""");

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => "null",
        1 => "true",
        2 => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
        3 => random.NextDouble().ToString(CultureInfo.InvariantCulture),
        4 => JsonSerializer.Serialize(new string((char)random.Next('a', 'z'), random.Next(5))),
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(4)).Select(name => $"\"n{name}\":{Value(random, depth - 1)}")) + "}",
    };

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => """{"type":"null"}""",
        JsonValueKind.True => """{"type":"boolean"}""",
        JsonValueKind.Number => """{"type":"number","minimum":-1000,"maximum":1000}""",
        JsonValueKind.String => $$"""{"type":"string","minLength":{{value.GetString()!.Length}},"maxLength":{{value.GetString()!.Length}} }""",
        JsonValueKind.Array => value.GetArrayLength() == 0
            ? """{"type":"array","maxItems":0}"""
            : $$"""{"type":"array","items":{"anyOf":[{{string.Join(',', value.EnumerateArray().Select(Shape))}}] } }""",
        _ => """{"type":"object","additionalProperties":false,"properties":{""" + string.Join(',', value.EnumerateObject().Select(property => $"\"{property.Name}\":{Shape(property.Value)}"))
            + """},"required":[""" + string.Join(',', value.EnumerateObject().Select(property => $"\"{property.Name}\"")) + "]}",
    };

    private static IReadOnlyList<ExecutorFault> Check(string schema, JsonElement value)
    {
        JsonSchema? parsed = JsonSchema.Parse(schema, out IReadOnlyList<ExecutorFault> faults);
        Assert.True(parsed is not null, $"{schema}: {string.Join(" ", faults)}");
        return parsed.Check(value);
    }
}
