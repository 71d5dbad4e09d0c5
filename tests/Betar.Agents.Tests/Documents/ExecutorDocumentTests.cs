using System.Text.Json;
using Betar.Agents.Configuration;

namespace Betar.Agents.Tests.Documents;

/// <summary>docs/executors.md names every setting with its range and default, as the schemas have them.</summary>
public sealed class ExecutorDocumentTests
{
    public static TheoryData<string> Kinds => [.. ExecutorKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_settings_of_a_kind_are_those_of_its_schema(string kind)
    {
        using JsonDocument schema = JsonDocument.Parse(ExecutorSettings.Schema(kind));
        IEnumerable<string> section = Document().SkipWhile(line => line != $"## {kind}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

        Assert.Equal(string.Join('\n', Rows(schema.RootElement, "")), string.Join('\n', section.Where(line => line.StartsWith("| `", StringComparison.Ordinal))));
    }

    private static IEnumerable<string> Rows(JsonElement schema, string prefix)
    {
        foreach (JsonProperty setting in schema.GetProperty("properties").EnumerateObject())
        {
            JsonElement about = setting.Value;
            yield return $"| `{prefix}{setting.Name}` | {about.GetProperty("description").GetString()} | {Range(about)} | {Default(about)} |";
            JsonElement inner = about.TryGetProperty("items", out JsonElement items) ? items : about;
            if (inner.TryGetProperty("properties", out _))
                foreach (string row in Rows(inner, $"{prefix}{setting.Name}."))
                    yield return row;
        }
    }

    private static string Default(JsonElement about) => about.TryGetProperty("default", out JsonElement value) ? $"`{value.GetRawText()}`" : "–";

    private static string Range(JsonElement about)
    {
        if (about.TryGetProperty("enum", out JsonElement values))
            return string.Join(", ", values.EnumerateArray().Select(value => $"`{value.GetRawText()}`"));
        if (about.TryGetProperty("minimum", out JsonElement least))
            return $"{least.GetRawText()} to {about.GetProperty("maximum").GetRawText()}";
        foreach ((string limit, string unit) in new[] { ("maxLength", "characters"), ("maxItems", "items"), ("maxProperties", "names") })
            if (about.TryGetProperty(limit, out JsonElement most))
                return $"up to {most.GetRawText()} {unit}";
        return "–";
    }

    private static string[] Document()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Betar.Orleans.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository was not found.");
        return File.ReadAllLines(Path.Combine(folder, "docs", "executors.md"));
    }
}
