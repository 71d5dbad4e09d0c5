using Betar.Node.Control;
using Betar.Node.Http;

namespace Betar.Node.Tests.Http;

public sealed class IdempotencyKeyTests
{
    private const string Path = "/v1/purchases";
    private const string Body = """{"agentId":"x","task":"y"}""";

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_does_nothing()
    {
        await using ApiWorld world = await CountingAsync();

        Assert.Equal((200, """{"n":1}"""), await world.PostAsync(Path, Body, "k"));
        Assert.Equal((200, """{"n":1}"""), await world.PostAsync(Path, Body, "k"));
        Assert.Equal((200, """{"n":2}"""), await world.PostAsync(Path, Body, "l"));
        Assert.Equal((200, """{"n":3}"""), await world.PostAsync(Path, Body));
    }

    [Theory]
    [InlineData(Path, """{"agentId":"x","task":"z"}""")]
    [InlineData("/v1/agents/x/execute", Body)]
    [InlineData("/v1/rpc/agents.execute", Body)]
    public async Task The_same_key_for_another_request_is_refused(string path, string body)
    {
        await using ApiWorld world = await CountingAsync();
        await world.PostAsync(Path, Body, "k");
        (int status, string text) = await world.PostAsync(path, body, "k");

        Assert.Equal(422, status);
        Assert.Contains("BTR-1051", text, StringComparison.Ordinal);
        Assert.Single(world.Calls);
    }

    [Fact]
    public async Task The_key_of_another_agent_in_the_path_is_another_request()
    {
        await using ApiWorld world = await CountingAsync();
        await world.PostAsync("/v1/agents/a/execute", """{"task":"y"}""", "k");

        Assert.Equal(422, (await world.PostAsync("/v1/agents/b/execute", """{"task":"y"}""", "k")).Status);
    }

    [Fact]
    public async Task Keys_of_two_callers_do_not_meet()
    {
        await using ApiWorld world = await CountingAsync();
        await world.PostAsync(Path, Body, "k");
        world.Use(ApiRole.Spend);
        await using ApiWorld other = await CountingAsync();
        new Node.Http.Tokens.ApiTokenFile(System.IO.Path.Combine(world.Data, "api-tokens.json")).Write(
            [new("another", "", ApiRole.Spend, Node.Http.Tokens.TokenText.Hash("btr_another"), world.Time.GetUtcNow())]);
        world.Client.DefaultRequestHeaders.Authorization = new("Bearer", "btr_another");

        Assert.Equal((200, """{"n":2}"""), await world.PostAsync(Path, Body, "k"));
    }

    [Fact]
    public async Task While_the_first_is_under_way_its_repeat_waits()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);
        var open = new TaskCompletionSource();
        world.Handle("agents.execute", async (_, _) =>
        {
            await open.Task;
            return ControlAnswer.Json(writer => writer.WriteRawValue("{}"));
        });
        Task<(int Status, string Body)> first = world.PostAsync(Path, Body, "k");
        while (world.Calls.Count == 0)
            await Task.Yield();

        (int status, string text) = await world.PostAsync(Path, Body, "k");
        Assert.Equal(409, status);
        Assert.Contains("BTR-1052", text, StringComparison.Ordinal);
        open.SetResult();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await world.PostAsync(Path, Body, "k")).Status);
        Assert.Single(world.Calls);
    }

    [Fact]
    public async Task What_was_refused_may_be_tried_again_under_its_name()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "!BTR-4004 not there"));
        world.Use(ApiRole.Spend);
        Assert.Equal(504, (await world.PostAsync(Path, Body, "k")).Status);
        world.Answer("agents.execute", "{}");

        Assert.Equal(200, (await world.PostAsync(Path, Body, "k")).Status);
    }

    /// <summary>The key is the purchase's name, so that a crash between the payment and its answer pays nothing twice.</summary>
    [Fact]
    public async Task A_purchase_without_a_name_is_named_by_its_key()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "!BTR-4004 lost"));
        world.Use(ApiRole.Spend);
        await world.PostAsync(Path, Body, "k");
        await world.PostAsync(Path, Body, "k");
        await world.PostAsync(Path, Body, "l");

        string[] names = [.. world.Calls.Select(call => System.Text.Json.JsonDocument.Parse(call.Arguments).RootElement.GetProperty("purchaseId").GetString()!)];
        Assert.Equal(names[0], names[1]);
        Assert.NotEqual(names[0], names[2]);
    }

    [Fact]
    public async Task After_a_day_a_key_is_free_again()
    {
        await using ApiWorld world = await CountingAsync();
        await world.PostAsync(Path, Body, "k");
        world.Time.Advance(TimeSpan.FromHours(24));

        Assert.Equal((200, """{"n":2}"""), await world.PostAsync(Path, Body, "k"));
    }

    [Fact]
    public async Task A_key_has_255_characters_at_most()
    {
        await using ApiWorld world = await CountingAsync();

        Assert.Equal(200, (await world.PostAsync(Path, Body, new string('k', 255))).Status);
        Assert.Equal(400, (await world.PostAsync(Path, Body, new string('k', 256))).Status);
    }

    private static async Task<ApiWorld> CountingAsync()
    {
        ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);
        int count = 0;
        world.Handle("agents.execute", _ => ControlAnswer.Json(writer => writer.WriteRawValue($"{{\"n\":{Interlocked.Increment(ref count)}}}")));
        return world;
    }
}
