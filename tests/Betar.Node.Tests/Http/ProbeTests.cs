using System.Net;
using Betar.Node.Http.Tokens;

namespace Betar.Node.Tests.Http;

/// <summary>Three questions of who starts and watches nodes: is the process of any use, has it begun, may work be sent to it.</summary>
public sealed class ProbeTests
{
    [Theory]
    [InlineData(null, "/livez", 200, """{"status":"alive"}""")]
    [InlineData(null, "/startupz", 200, """{"status":"started"}""")]
    [InlineData(null, "/readyz", 200, """{"status":"ready"}""")]
    [InlineData("store", "/livez", 200, """{"status":"alive"}""")]
    [InlineData("store", "/startupz", 200, """{"status":"started"}""")]
    [InlineData("store", "/readyz", 503, """{"status":"not ready","missing":"store"}""")]
    [InlineData("network", "/readyz", 503, """{"status":"not ready","missing":"network"}""")]
    public async Task A_node_that_lacks_something_lives_and_is_not_ready(string? missing, string path, int status, string body)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(null, services => services with { Missing = () => missing });

        Assert.Equal((status, body), await world.GetAsync(path));
    }

    [Fact]
    public async Task It_is_ready_again_when_what_it_lacked_is_there()
    {
        string? missing = "network";
        await using ApiWorld world = await ApiWorld.StartAsync(null, services => services with { Missing = () => missing });
        Assert.Equal(503, (await world.GetAsync("/readyz")).Status);

        missing = null;

        Assert.Equal(200, (await world.GetAsync("/readyz")).Status);
    }

    /// <summary>Who asks a node whether it lives has no token, and needs to be told nothing else.</summary>
    [Theory]
    [InlineData("/livez")]
    [InlineData("/startupz")]
    [InlineData("/readyz")]
    public async Task They_need_no_token_from_wherever_they_are_asked(string path)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Listen = new IPEndPoint(IPAddress.Any, 0), TokenHash = TokenText.Hash(TokenText.Make()), Hosts = ["localhost"] });
        world.Client.BaseAddress = new Uri($"http://127.0.0.1:{world.Client.BaseAddress!.Port}/");

        Assert.Equal(200, (await world.GetAsync(path)).Status);
        Assert.Equal(401, (await world.GetAsync("/metrics")).Status);
    }

    /// <summary>The first answer of a node means that it sells: its listener is opened last.</summary>
    [Fact]
    public async Task A_real_node_is_ready_with_its_first_answer()
    {
        await using var node = new Marketplace.UpNode("echo");
        await node.StartAsync("--no-mdns", "--http", "127.0.0.1:0");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(node.First.GetProperty("http").GetString()!) };

        foreach (string path in new[] { "livez", "startupz", "readyz" })
        {
            using HttpResponseMessage answer = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
