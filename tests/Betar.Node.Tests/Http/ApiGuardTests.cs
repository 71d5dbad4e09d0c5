using System.Net;
using Betar.Node.Http;

namespace Betar.Node.Tests.Http;

public sealed class ApiGuardTests
{
    private const string Page = "https://evil.example";

    [Fact]
    public async Task A_name_that_was_made_to_point_here_is_refused()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("node.status", "{}"));
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/v1/node", null, ("Host", $"rebound.example:{world.Client.BaseAddress!.Port}"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("BTR-1040", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST.", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("node.example", 200)]
    [InlineData("127.0.0.2", 403)]
    [InlineData("[::1]", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("sub.node.example", 403)]
    [InlineData("2130706433", 403)]
    public async Task The_node_has_these_names_and_no_others(string host, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Hosts = ["node.example"] });
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/health", null, ("Host", host));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/agents")]
    [InlineData("POST", "/agents/x/execute")]
    [InlineData("OPTIONS", "/agents/x/execute")]
    public async Task A_page_of_another_origin_is_refused(string method, string path)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { LegacyOpen = true });
        using HttpResponseMessage response = await world.SendAsync(new HttpMethod(method), path, method == "POST" ? """{"input":"x"}""" : null, ("Origin", Page));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("BTR-1041", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Empty(world.Calls);
    }

    [Fact]
    public async Task A_page_without_an_origin_of_its_own_is_refused()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/agents", null, ("Origin", "null"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_allowed_by_name_may_ask_and_is_told_so()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Origins = [Page] });
        using HttpResponseMessage asked = await world.SendAsync(HttpMethod.Get, "/health", null, ("Origin", Page));
        using HttpResponseMessage before = await world.SendAsync(HttpMethod.Options, "/agents", null, ("Origin", Page));

        Assert.Equal((HttpStatusCode.OK, Page), (asked.StatusCode, Assert.Single(asked.Headers.GetValues("Access-Control-Allow-Origin"))));
        Assert.Equal(HttpStatusCode.NoContent, before.StatusCode);
        Assert.Contains("Authorization", Assert.Single(before.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_nodes_own_page_may_ask()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/health", null, ("Origin", world.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("application/jsonp")]
    public async Task A_body_that_a_form_could_send_is_refused(string type)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "{}"));
        world.Use(ApiRole.Spend);
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Post, "/agents/x/execute", """{"input":"x"}""", ("Content-Type", type));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Empty(world.Calls);
    }

    [Theory]
    [InlineData("""{"input":""")]
    [InlineData("[]")]
    [InlineData("\"input\"")]
    [InlineData("""{"inputs":"x"}""")]
    [InlineData("""{"input":7}""")]
    public async Task A_body_that_is_not_the_object_that_is_asked_for_is_refused(string body)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", "{}"));
        world.Use(ApiRole.Spend);

        (int status, string text) = await world.PostAsync("/agents/x/execute", body);

        Assert.Equal(400, status);
        Assert.StartsWith("BTR-1049: ", text, StringComparison.Ordinal);
        Assert.Empty(world.Calls);
    }

    [Fact]
    public async Task A_body_deeper_than_anything_that_is_asked_for_is_refused()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Use(ApiRole.Spend);

        Assert.Equal(400, (await world.PostAsync("/agents/x/execute", "{\"input\":" + new string('[', 100) + new string(']', 100) + "}")).Status);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_and_one_at_the_limit_is_not()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Limits = new HttpLimits { MaxBody = 1024 } }, null, ("agents.execute", """{"output":""}"""));
        world.Use(ApiRole.Spend);
        string Body(int length) => "{\"input\":\"" + new string('a', length - 12) + "\"}";

        Assert.Equal(200, (await world.PostAsync("/agents/x/execute", Body(1024))).Status);
        Assert.Equal(413, (await world.PostAsync("/agents/x/execute", Body(1025))).Status);
        Assert.Contains("BTR-1045", (await world.PostAsync("/v1/agents/x/execute", Body(1025))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_waits()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Limits = new HttpLimits { PerMinute = 2 } });
        Assert.Equal(200, (await world.GetAsync("/health")).Status);
        Assert.Equal(200, (await world.GetAsync("/health")).Status);
        using HttpResponseMessage third = await world.SendAsync(HttpMethod.Get, "/health");

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("60", Assert.Single(third.Headers.GetValues("Retry-After")));
        Assert.Contains("BTR-1046", (await world.GetAsync("/v1/node")).Body, StringComparison.Ordinal);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await world.GetAsync("/health")).Status);
    }

    [Fact]
    public void What_strangers_can_use_up_is_bounded_when_nobody_says_how() => Assert.Equal(
        (1024 * 1024, 6_000, 10_000, 1_024, 64, 256, 200),
        (new HttpLimits().MaxBody, new HttpLimits().PerMinute, new HttpLimits().MaxAddresses, new HttpLimits().MaxConnections,
            new HttpLimits().MaxListeners, new HttpLimits().ListenerQueue, new HttpLimits().MaxSeries));

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("DELETE", "/agents", 405)]
    [InlineData("GET", "/agents/x/execute", 405)]
    public async Task Paths_and_methods_that_are_not_there_are_refused(string method, string path, int status)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using HttpResponseMessage response = await world.SendAsync(new HttpMethod(method), path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_handler_that_breaks_is_answered_and_the_node_goes_on()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        world.Handle("node.status", (_, _) => throw new InvalidOperationException("broken"));

        Assert.Equal(500, (await world.GetAsync("/status")).Status);
        Assert.Equal(200, (await world.GetAsync("/health")).Status);
    }
}
