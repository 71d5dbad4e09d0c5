using System.Text.RegularExpressions;

namespace Betar.Node.Tests.Http;

public sealed class DashboardTests
{
    [Theory]
    [InlineData("/dashboard")]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/agents/x")]
    public async Task The_page_loads_nothing_and_runs_nothing_but_itself(string path)
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, path);
        string page = await response.Content.ReadAsStringAsync(), policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("(src|href)\\s*=|https?://|innerHTML|style=|onclick="), page);
    }

    [Fact]
    public async Task What_it_asks_is_there()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("node.status", "{}"), ("agents.list", "[]"), ("orders.list", "[]"), ("wallet.balance", "{}"));
        string page = (await world.GetAsync("/dashboard")).Body;
        string[] paths = [.. Regex.Matches(page, "get\\(\"([^\"]+)\"\\)").Select(match => match.Groups[1].Value)];

        Assert.Equal(4, paths.Length);
        foreach (string path in paths)
            Assert.Equal(200, (await world.GetAsync(path)).Status);
    }
}
