using System.Text.Json;
using Betar.Agents.Configuration;
using Betar.Agents.Schemas;

namespace Betar.Agents.Tests.Schemas;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("{}", "null", true)]
    [InlineData("true", "[1]", true)]
    [InlineData("false", "1", false)]
    [InlineData("""{"type":"string"}""", "\"a\"", true)]
    [InlineData("""{"type":"string"}""", "1", false)]
    [InlineData("""{"type":["string","null"]}""", "null", true)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":"integer"}""", "1e300", true)]
    [InlineData("""{"type":"number"}""", "1.5", true)]
    [InlineData("""{"type":"boolean"}""", "false", true)]
    [InlineData("""{"type":"boolean"}""", "0", false)]
    [InlineData("""{"type":"object"}""", "[]", false)]
    [InlineData("""{"type":"array"}""", "{}", false)]
    [InlineData("""{"enum":[1,"a",{"b":[2]}]}""", """{"b":[2.0]}""", true)]
    [InlineData("""{"enum":[1,"a"]}""", "2", false)]
    [InlineData("""{"const":1}""", "1.0", true)]
    [InlineData("""{"const":1}""", "\"1\"", false)]
    [InlineData("""{"minimum":1}""", "1", true)]
    [InlineData("""{"minimum":1}""", "0.999", false)]
    [InlineData("""{"minimum":1}""", "1e400", true)]
    [InlineData("""{"minimum":1}""", "-1e400", false)]
    [InlineData("""{"maximum":9007199254740992}""", "9007199254740993", false)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", false)]
    [InlineData("""{"exclusiveMaximum":1}""", "1", false)]
    [InlineData("""{"minLength":2}""", "\"a\"", false)]
    [InlineData("""{"maxLength":1}""", "\"😀\"", true)]
    [InlineData("""{"maxLength":1}""", "\"ab\"", false)]
    [InlineData("""{"pattern":"^a+$"}""", "\"aaa\"", true)]
    [InlineData("""{"pattern":"^a+$"}""", "\"aab\"", false)]
    [InlineData("""{"items":{"type":"string"}}""", """["a","b"]""", true)]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""", false)]
    [InlineData("""{"minItems":1}""", "[]", false)]
    [InlineData("""{"maxItems":1}""", "[1,2]", false)]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", true)]
    [InlineData("""{"required":["a"]}""", """{"b":1}""", false)]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", false)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", false)]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"b":1}""", false)]
    [InlineData("""{"additionalProperties":true}""", """{"b":1}""", true)]
    [InlineData("""{"minProperties":1}""", "{}", false)]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"allOf":[{"type":"string"},{"minLength":2}]}""", "\"a\"", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null", true)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "1", true)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", false)]
    public void A_value_fits_or_not(string schema, string value, bool fits) => Assert.Equal(fits, Check(schema, value).Count == 0);

    [Theory]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"$ref":"#/a"}""")]
    [InlineData("""{"not":{}}""")]
    [InlineData("""{"enum":[]}""")]
    [InlineData("""{"enum":1}""")]
    [InlineData("""{"enum":[1],"const":1}""")]
    [InlineData("""{"const":1,"enum":[1]}""")]
    [InlineData("""{"required":[1]}""")]
    [InlineData("""{"required":"a"}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"pattern":"("}""")]
    [InlineData("""{"pattern":"(?=a)"}""")]
    [InlineData("""{"pattern":1}""")]
    [InlineData("""{"minLength":-1}""")]
    [InlineData("""{"minLength":1.5}""")]
    [InlineData("""{"minimum":"1"}""")]
    [InlineData("""{"anyOf":[]}""")]
    [InlineData("""{"allOf":{}}""")]
    [InlineData("""{"type":"string","type":"null"}""")]
    public void What_is_no_schema_of_the_subset_is_refused(string schema)
    {
        Assert.Null(JsonSchema.Parse(schema, out IReadOnlyList<ExecutorFault> faults));
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Notes_for_people_check_nothing() =>
        Assert.Empty(Check("""{"title":"a","description":"b","default":1,"examples":[2],"format":"date","$schema":"x"}""", "\"any\""));

    [Fact]
    public void Every_fault_says_where_it_is() => Assert.Equal(
        ["a.1", "b.c", "d"],
        Check("""{"properties":{"a":{"items":{"type":"string"}},"b":{"required":["c"]}},"additionalProperties":false}""", """{"a":["x",1],"b":{},"d":1}""")
            .Select(fault => fault.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void A_fault_never_repeats_the_value() =>
        Assert.DoesNotContain(Check("""{"maxLength":3,"pattern":"^a$","enum":["b"]}""", "\"hunter2\""), fault => fault.Message.Contains("hunter2", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":["\ud800"]}""", "a.0")]
    [InlineData("""{"\udc00":1}""", "")]
    public void What_readers_disagree_about_is_a_fault(string value, string path) => Assert.Equal(path, Assert.Single(Check("{}", value)).Path);

    [Fact]
    public void A_schema_is_no_deeper_than_the_limit()
    {
        Assert.NotNull(JsonSchema.Parse(Nested(SchemaLimits.MaxDepth - 1), out _));
        Assert.Null(JsonSchema.Parse(Nested(SchemaLimits.MaxDepth), out _));
    }

    [Fact]
    public void A_schema_has_no_more_parts_than_the_limit()
    {
        Assert.NotNull(JsonSchema.Parse(Wide(SchemaLimits.MaxParts - 1), out _));
        Assert.Null(JsonSchema.Parse(Wide(SchemaLimits.MaxParts), out _));
    }

    [Fact]
    public void A_schema_is_no_longer_than_the_limit()
    {
        string text = """{"title":"a"}""";
        Assert.NotNull(JsonSchema.Parse(text.PadRight(SchemaLimits.MaxTextLength), out _));
        Assert.Null(JsonSchema.Parse(text.PadRight(SchemaLimits.MaxTextLength + 1), out _));
    }

    [Fact]
    public void A_pattern_is_no_longer_than_the_limit()
    {
        Assert.NotNull(JsonSchema.Parse($$"""{"pattern":"{{new string('a', SchemaLimits.MaxPatternLength)}}"}""", out _));
        Assert.Null(JsonSchema.Parse($$"""{"pattern":"{{new string('a', SchemaLimits.MaxPatternLength + 1)}}"}""", out _));
    }

    [Fact]
    public void A_check_reports_no_more_than_the_limit() => Assert.Equal(
        SchemaLimits.MaxFaults, Check("""{"items":false}""", $"[{string.Join(',', Enumerable.Repeat("1", 500))}]").Count);

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"items":""", depth)) + "{}" + new string('}', depth);

    private static string Wide(int parts) =>
        """{"properties":{""" + string.Join(',', Enumerable.Range(0, parts).Select(part => $"\"p{part}\":{{}}")) + "}}";

    private static IReadOnlyList<ExecutorFault> Check(string schema, string value)
    {
        JsonSchema? parsed = JsonSchema.Parse(schema, out IReadOnlyList<ExecutorFault> faults);
        Assert.True(parsed is not null, string.Join(" ", faults));
        using JsonDocument document = JsonDocument.Parse(value);
        return parsed.Check(document.RootElement);
    }
}
