using System.Text.Json.Nodes;
using Betar.Benchmarks.Harness;

namespace Betar.House.Tests.Benchmarks;

/// <summary>What the processes of a bench say to whoever drives them.</summary>
public sealed class LinePeerTests
{
    [Fact]
    public async Task Each_command_is_answered_under_its_number_in_the_order_of_the_commands()
    {
        var answers = await RunAsync("""{"id":7,"do":"twice","value":4}""", """{"id":3,"do":"twice","value":5}""");

        Assert.Equal([(7, true, 8), (3, true, 10)], answers.Select(answer => ((int)answer["id"]!, (bool)answer["ok"]!, (int)answer["value"]!)));
    }

    [Fact]
    public async Task What_fails_is_an_answer_with_the_name_of_the_error_and_the_next_command_runs()
    {
        var answers = await RunAsync("""{"id":1,"do":"fail"}""", """{"id":2,"do":"twice","value":1}""");

        Assert.Equal((1, false, nameof(NotSupportedException)), ((int)answers[0]["id"]!, (bool)answers[0]["ok"]!, (string)answers[0]["error"]!["name"]!));
        Assert.Contains("no such thing", (string)answers[0]["error"]!["message"]!, StringComparison.Ordinal);
        Assert.True((bool)answers[1]["ok"]!);
    }

    [Fact]
    public async Task It_ends_with_its_input() => Assert.Empty(await RunAsync());

    private static async Task<List<JsonObject>> RunAsync(params string[] lines)
    {
        using var input = new StringReader(string.Join('\n', lines));
        using var output = new StringWriter();
        Assert.Equal(0, await LinePeer.RunAsync(AnswerAsync, input, output));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static Task<JsonObject> AnswerAsync(JsonObject command) => (string)command["do"]! == "twice"
        ? Task.FromResult(new JsonObject { ["value"] = 2 * (int)command["value"]! })
        : throw new NotSupportedException("no such thing");
}
