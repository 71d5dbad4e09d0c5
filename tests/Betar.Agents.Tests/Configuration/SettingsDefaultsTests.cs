using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Betar.Agents.Configuration;

namespace Betar.Agents.Tests.Configuration;

/// <summary>The schema, which people read, and the records, which executors read, say the same.</summary>
public sealed class SettingsDefaultsTests
{
    public static TheoryData<string> Kinds => [.. ExecutorKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_setting_has_the_default_that_the_schema_names(string kind)
    {
        using JsonDocument schema = JsonDocument.Parse(ExecutorSettings.Schema(kind));
        JsonTypeInfo type = TypeOf(kind);
        using JsonDocument record = JsonDocument.Parse(JsonSerializer.Serialize(JsonSerializer.Deserialize("{}", type), type));

        AssertSame(schema.RootElement, record.RootElement);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_setting_of_the_schema_is_one_of_the_record_and_none_is_missing(string kind)
    {
        using JsonDocument schema = JsonDocument.Parse(ExecutorSettings.Schema(kind));
        IEnumerable<string> named = schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name);

        IEnumerable<string> read = TypeOf(kind).Properties.Where(property => property.Set is not null).Select(property => property.Name);
        Assert.Equal(named.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_setting_says_what_it_means(string kind)
    {
        using JsonDocument schema = JsonDocument.Parse(ExecutorSettings.Schema(kind));

        Assert.All(schema.RootElement.GetProperty("properties").EnumerateObject(), property =>
            Assert.True(property.Value.TryGetProperty("description", out JsonElement text) && text.GetString()!.EndsWith('.'), property.Name));
    }

    private static JsonTypeInfo TypeOf(string kind) => kind switch
    {
        ExecutorKinds.Llm => ExecutorJson.Default.LlmSettings,
        ExecutorKinds.Http => ExecutorJson.Default.HttpSettings,
        ExecutorKinds.Process => ExecutorJson.Default.ProcessSettings,
        ExecutorKinds.Mcp => ExecutorJson.Default.McpSettings,
        ExecutorKinds.DotNet => ExecutorJson.Default.DotNetSettings,
        _ => ExecutorJson.Default.BuiltinSettings,
    };

    private static void AssertSame(JsonElement schema, JsonElement record)
    {
        foreach (JsonProperty setting in schema.GetProperty("properties").EnumerateObject())
            if (setting.Value.TryGetProperty("default", out JsonElement named))
                Assert.True(JsonElement.DeepEquals(named, record.GetProperty(setting.Name)), setting.Name);
            else if (setting.Value.TryGetProperty("properties", out _) && record.GetProperty(setting.Name).ValueKind == JsonValueKind.Object)
                AssertSame(setting.Value, record.GetProperty(setting.Name));
    }
}
