using System.Net;
using System.Net.Http.Headers;
using Betar.Node.Http;
using Betar.Node.Http.Tokens;

namespace Betar.Node.Tests.Http;

public sealed class ApiDoorTests
{
    private const string Execute = "/agents/x/execute";
    private const string Task = """{"input":"x"}""";

    [Fact]
    public async Task On_this_machine_anybody_may_look_and_nobody_may_spend()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("p2p.peers", "[]"), ("agents.execute", "{}"));

        Assert.Equal(200, (await world.GetAsync("/peers")).Status);
        (int status, string text) = await world.PostAsync(Execute, Task);
        Assert.Equal(401, status);
        Assert.StartsWith("BTR-1042: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Calls, call => call.Operation == "agents.execute");
    }

    [Theory]
    [InlineData(ApiRole.Read, 403)]
    [InlineData(ApiRole.Operate, 403)]
    [InlineData(ApiRole.Spend, 200)]
    public async Task Only_a_token_that_may_spend_makes_agents_work(object role, int expected)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("agents.execute", """{"output":"y"}"""));
        world.Use((ApiRole)role);

        Assert.Equal(expected, (await world.PostAsync(Execute, Task)).Status);
    }

    [Theory]
    [InlineData("Bearer btr_wrong")]
    [InlineData("Bearer ")]
    [InlineData("Basic abc")]
    [InlineData("btr_")]
    public async Task A_token_of_nobody_opens_nothing_not_even_what_is_open_without(string shown)
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("p2p.peers", "[]"));
        world.Use(ApiRole.Spend);
        world.Client.DefaultRequestHeaders.Authorization = null;
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/peers", null, ("Authorization", shown));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task From_other_machines_nothing_is_seen_without_a_token_but_that_the_node_lives()
    {
        string token = TokenText.Make();
        await using ApiWorld world = await ApiWorld.StartAsync(
            settings => settings with { Listen = new IPEndPoint(IPAddress.Any, 0), TokenHash = TokenText.Hash(token), Hosts = ["0.0.0.0", "localhost"] }, null, ("p2p.peers", "[]"));
        world.Client.BaseAddress = new Uri($"http://127.0.0.1:{world.Client.BaseAddress!.Port}/");

        Assert.Equal(200, (await world.GetAsync("/livez")).Status);
        Assert.Equal(401, (await world.GetAsync("/peers")).Status);
        world.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(200, (await world.GetAsync("/peers")).Status);
    }

    [Fact]
    public async Task A_token_that_is_withdrawn_opens_nothing_from_the_next_request_on()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("p2p.peers", "[]"));
        world.Use(ApiRole.Read);
        Assert.Equal(200, (await world.GetAsync("/peers")).Status);

        new ApiTokenFile(Path.Combine(world.Data, "api-tokens.json")).Write([]);

        Assert.Equal(401, (await world.GetAsync("/peers")).Status);
    }

    [Fact]
    public async Task A_file_of_tokens_that_cannot_be_read_lets_nobody_in()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(("p2p.peers", "[]"));
        world.Use(ApiRole.Spend);
        string path = Path.Combine(world.Data, "api-tokens.json");
        File.WriteAllText(path, "{}");

        Assert.Equal(401, (await world.GetAsync("/peers")).Status);
        Assert.Equal("BTR-1058", new ApiTokenFile(path).Read().Refusal?.Error.Code);
    }

    [Fact]
    public async Task Scripts_of_the_original_may_spend_after_the_one_option_on_their_own_routes()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { LegacyOpen = true }, null,
            ("market.quote", """{"priceAtomic":"0","trust":"own"}"""), ("agents.execute", """{"output":"y"}"""));

        Assert.Equal((200, "{\"output\":\"y\"}\n"), await world.PostAsync(Execute, Task));
        Assert.Equal(401, (await world.PostAsync("/v1/rpc/agents.execute", "{}")).Status);
    }

    [Fact]
    public void Tokens_are_kept_hashed_for_their_owner_alone()
    {
        using var temp = new Support.TempFolder();
        string token = TokenText.Make(), path = temp.Data.Tokens;
        new ApiTokenFile(path).Write([new ApiToken("a", "b", ApiRole.Operate, TokenText.Hash(token), DateTimeOffset.UnixEpoch)]);

        Assert.DoesNotContain(token, File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal((ApiRole.Operate, "b"), (new ApiTokenFile(path).Read().Value[0].Role, new ApiTokenFile(path).Read().Value[0].Name));
    }
}
