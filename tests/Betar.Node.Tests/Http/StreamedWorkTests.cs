using Betar.Node.Control;
using Betar.Node.Http;
using Betar.Node.Http.V1;

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
            world.Time.Advance(StreamedWork.Beat);
            await Task.Yield();
        }

        Assert.Equal(": ", await beat);
        open.SetResult();
        Assert.EndsWith("event: result\ndata: {\"output\":\"y\"}\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
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
