using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Streaming;

namespace Betar.Node.Tests.Http;

public sealed class StreamedWorkTests
{
    private const string Path = "/v1/agents/x/execute";

    [Fact]
    public async Task Long_work_says_that_it_lives_and_then_what_came_of_it()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);
        var open = new TaskCompletionSource();
        world.Handle("agents.execute", async (arguments, _) =>
        {
            await open.Task;
            string task = arguments.GetProperty("task").GetString()!;
            return ControlAnswer.Json(writer => writer.WriteRawValue($"{{\"output\":\"{task}\"}}"));
        });
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, Path, """{"task":"y"}""", ("Accept", "text/event-stream"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": ", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        Task<string?> beat = reader.ReadLineAsync();
        while (!beat.IsCompleted)
        {
            world.Time.Advance(PiecewiseAnswer.Beat);
            await Task.Yield();
        }

        Assert.Equal(": ", await beat);
        open.SetResult();
        Assert.EndsWith("event: result\ndata: {\"output\":\"y\"}\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Path)]
    [InlineData("/v1/rpc/agents.execute")]
    public async Task Pieces_are_events_as_they_come(string path)
    {
        var open = new TaskCompletionSource();
        await using ApiWorld world = await ApiWorld.StartAsync(null, services => services with
        {
            Operations = new NodeOperations(
                new Dictionary<string, ControlHandler> { ["agents.execute"] = (_, _) => throw new InvalidOperationException("It was asked for in pieces.") },
                new Dictionary<string, StreamedHandler>
                {
                    ["agents.execute"] = async (_, partial, _) =>
                    {
                        await partial("one\n");
                        await open.Task;
                        await partial("two");
                        return ControlAnswer.Json(writer => writer.WriteRawValue("""{"output":"one\ntwo"}"""));
                    },
                }),
        });
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, path, """{"task":"y"}""", ("Accept", "text/event-stream"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        List<string?> first = [];
        while (first.Count < 5)
            first.Add(await reader.ReadLineAsync());

        Assert.Equal([": ", "", "event: partial", """data: {"text":"one\n"}""", ""], first);
        open.SetResult();
        Assert.Equal("event: partial\ndata: {\"text\":\"two\"}\n\nevent: result\ndata: {\"output\":\"one\\ntwo\"}\n\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Who_finds_an_agent_busy_is_told_when_to_come_again()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);
        world.Handle("agents.execute", _ => ControlAnswer.Refused(ErrorCatalog.Busy.Refuse("Full") with { RetryAfterSeconds = 7 }));
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, Path, """{"task":"y"}""");

        Assert.Equal((503, "7"), ((int)response.StatusCode, response.Headers.RetryAfter?.ToString()));
    }

    [Fact]
    public async Task What_is_refused_is_an_event_too()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "!BTR-4001 nobody"));
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, Path, """{"task":"y"}""", ("Accept", "text/event-stream"));

        Assert.Contains("event: problem\ndata: {\"type\":\"urn:betar:error:BTR-4001\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_ask_for_events_gets_json()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "{}"));
        world.Use(ApiRole.Spend);

        Assert.Equal((200, "{}"), await world.PostAsync(Path, """{"task":"y"}"""));
    }
}
