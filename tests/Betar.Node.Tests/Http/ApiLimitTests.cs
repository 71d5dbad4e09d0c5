using Betar.Node.Http;
using Betar.Storage.Idempotency;

namespace Betar.Node.Tests.Http;

/// <summary>What is bounded, at its bound; and that each refusal says its own code.</summary>
public sealed class ApiLimitTests
{
    private const string Body = """{"agentId":"x","task":"y"}""";

    [Fact]
    public async Task So_many_keys_are_kept_and_no_more()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(null, null, new IdempotencyOptions { MaxKeys = 1 }, ("agents.execute", "{}"));
        world.Use(ApiRole.Spend);

        Assert.Equal(200, (await world.PostAsync("/v1/purchases", Body, "a")).Status);
        (int status, string text) = await world.PostAsync("/v1/purchases", Body, "b");
        Assert.Equal(503, status);
        Assert.Contains("\"code\":\"BTR-1053\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_connections_are_open_and_one_more_is_closed()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Limits = new HttpLimits { MaxConnections = 1 } });
        using EventReader held = await EventReader.OpenAsync(world, "/v1/events");

        await Assert.ThrowsAsync<HttpRequestException>(() => world.GetAsync("/health"));
    }

    [Theory]
    [InlineData(ApiRole.Read, "/v1/purchases", Body, "application/json", 403, "BTR-1043")]
    [InlineData(ApiRole.Spend, "/v1/purchases", Body, "text/plain", 415, "BTR-1044")]
    [InlineData(ApiRole.Spend, "/v1/purchases", "{", "application/json", 400, "BTR-1049")]
    public async Task Each_refusal_says_its_code(object role, string path, string body, string type, int status, string code)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use((ApiRole)role);
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, path, body, ("Content-Type", type));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_under_way_have_half_a_minute_when_the_node_stops() => Assert.Equal(TimeSpan.FromSeconds(30), new HttpLimits().DrainTime);
}
