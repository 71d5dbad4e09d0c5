using System.Text.Json;

namespace Betar.Node.Tests.Http;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using JsonDocument served = JsonDocument.Parse((await world.GetAsync("/v1/openapi.json")).Body);
        string text = JsonSerializer.Serialize(served.RootElement, s_indented) + "\n";
        string kept = Path.Combine(AppContext.BaseDirectory, "Http", "openapi.json");

        Assert.True(File.Exists(kept) && await File.ReadAllTextAsync(kept) == text, $"docs/openapi.json should be\n{text}");
    }

    [Fact]
    public async Task Every_operation_has_an_id_of_its_own_and_every_place_of_its_path_a_parameter()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using JsonDocument served = JsonDocument.Parse((await world.GetAsync("/v1/openapi.json")).Body);
        List<string> ids = [];
        foreach (JsonProperty path in served.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                ids.Add(operation.Value.GetProperty("operationId").GetString()!);
                string[] places = [.. operation.Value.GetProperty("parameters").EnumerateArray().Where(part => part.GetProperty("in").GetString() == "path").Select(part => "{" + part.GetProperty("name").GetString() + "}")];
                Assert.Equal(path.Name.Split('/').Where(part => part.StartsWith('{')), places);
            }
        }

        Assert.Equal(ids.Distinct(), ids);
        Assert.InRange(ids.Count, 25, 100);
    }
}
