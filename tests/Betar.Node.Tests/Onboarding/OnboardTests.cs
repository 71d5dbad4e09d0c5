using Betar.Agents.Tests.Support;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Configuration.Settings;
using Betar.Node.Folder;
using Betar.Node.Onboarding;
using Betar.Node.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Onboarding;

public sealed class OnboardTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Options_set_a_node_up_without_a_question()
    {
        CliRun run = await RunAsync("--yes", "--no-check", "--provider", "openai", "--api-key", "sk-hush", "--openai-base-url", "https://models.example/v1",
            "--model", "big", "--name", "writer", "--description", "writes", "--price", "0.5");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("hush", run.Out, StringComparison.Ordinal);
        Assert.Equal("provider: openai\nmodel: big\nopenai_base_url: \"https://models.example/v1\"\n", File.ReadAllText(_temp.Data.Config));
        Assert.Equal("sk-hush", new NodeSecrets(_temp.Data, _ => null).Find("keystore:openai-api-key"));
        Assert.True(new Wallets(_temp.Data).Exists("wallet"));
        AgentDeclaration agent = Assert.Single(AgentsFile.Load(_temp.Data.Agents).Value.Agents);
        Assert.Equal(("writer", "writes", "500000"), (agent.Name, agent.Description, agent.Price.ToString()));
    }

    [Fact]
    public async Task What_was_set_up_is_what_the_node_uses()
    {
        await RunAsync("--yes", "--no-check", "--provider", "openai", "--api-key", "sk-hush", "--openai-base-url", "https://models.example/v1", "--name", "writer");
        NodeSettings settings = NodeSettings.Load(_temp.Data, _ => null, new Dictionary<string, IReadOnlyList<string>>());
        string made = Betar.Node.Composition.UpOptions.Read(_temp.Data, _ => null, settings).OrThrow().Agents[0].Executor.Settings;

        Assert.Contains("\"baseUrl\":\"https://models.example/v1\"", made, StringComparison.Ordinal);
        Assert.Contains("\"apiKey\":\"keystore:openai-api-key\"", made, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_time_writes_nothing()
    {
        string[] words = ["--yes", "--no-check", "--provider", "google", "--api-key", "g", "--name", "a", "--price", "1"];
        await RunAsync(words);
        Assert.Contains("nothing was written", (await RunAsync(words)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_it_does_not_know_and_registrations_stay()
    {
        _temp.File("agents.yaml", "# mine\nagents:\n  - name: old\n    on_chain: true\n    price: 1\n    executor: { builtin: math }\n");
        _temp.File("config.yaml", "# mine too\np2p_port: 4001\nprovider: google\n");
        await RunAsync("--yes", "--no-check", "--provider", "openai", "--name", "old", "--price", "2");

        Assert.Equal("# mine\nagents:\n  - name: old\n    on_chain: true\n    price: 2\n    executor: { builtin: math }\n", File.ReadAllText(_temp.Data.Agents));
        Assert.Equal("# mine too\np2p_port: 4001\nprovider: openai\n", File.ReadAllText(_temp.Data.Config));
    }

    [Fact]
    public async Task A_person_is_asked_shown_what_is_written_and_may_say_no()
    {
        CliRun no = await CliRun.AnswerAsync("none\n\nfirst\nsays it again\n0.001\nno\n", new Dictionary<string, string>(), "onboard", "--data", _temp.Path);
        Assert.Equal(1, no.ExitCode);
        Assert.Contains("the agent first in", no.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));

        CliRun yes = await CliRun.AnswerAsync("none\n\nfirst\nsays it again\n0.001\nyes\n", new Dictionary<string, string>(), "onboard", "--data", _temp.Path);
        Assert.Equal(0, yes.ExitCode);
        Assert.Equal("builtin", Assert.Single(AgentsFile.Load(_temp.Data.Agents).Value.Agents).Executor.Kind);
    }

    [Fact]
    public async Task Nobody_at_the_terminal_and_no_yes_writes_nothing()
    {
        Assert.StartsWith("BTR-2044", (await RunAsync("--provider", "none")).Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Theory]
    [InlineData("BTR-1003", "--provider", "claude")]
    [InlineData("BTR-1003", "--provider", "openai", "--openai-base-url", "mine")]
    [InlineData("BTR-1003", "--rpc-url", "mine")]
    [InlineData("BTR-1014", "--price", "much")]
    [InlineData("BTR-1021", "--provider", "google", "--api-key", "env:NOWHERE")]
    public async Task A_bad_answer_writes_nothing(string code, params string[] words)
    {
        (await RunAsync(["--yes", "--no-check", .. words])).AssertRefused(code, 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Theory]
    [InlineData("right", null)]
    [InlineData("wrong", "BTR-1027")]
    [InlineData("broken", "BTR-1027")]
    public async Task The_key_is_tried_where_it_is_for(string key, string? code)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication models = builder.Build();
        models.Urls.Add("http://127.0.0.1:0");
        models.MapGet("/v1/models", (HttpContext call) => call.Request.Headers.Authorization.ToString() switch
        {
            "Bearer right" => Results.Ok(), "Bearer wrong" => Results.StatusCode(401), _ => Results.StatusCode(500),
        });
        await models.StartAsync();

        Assert.Equal(code, (await KeyCheck.RunAsync(models.Urls.First() + "/v1/", key, CancellationToken.None))?.Error.Code);
    }

    /// <summary>The whole command: a key that its endpoint does not take is kept nowhere, and a good one only in the keystore.</summary>
    [Theory]
    [InlineData(401, "BTR-1027")]
    [InlineData(200, null)]
    public async Task A_key_that_is_not_taken_writes_nothing(int status, string? code)
    {
        await using LoopbackServer models = LoopbackServer.Always(status, "{}");
        CliRun run = await RunAsync("--yes", "--provider", "openai", "--api-key", "sk-hush", "--openai-base-url", $"http://127.0.0.1:{models.Port}/v1", "--name", "writer");

        Assert.Equal("Bearer sk-hush", models.Requests.Single().Header("Authorization"));
        Assert.DoesNotContain("hush", run.Out + run.Error, StringComparison.Ordinal);
        if (code is not null)
        {
            run.AssertRefused(code, 2);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
            return;
        }

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("hush", File.ReadAllText(_temp.Data.Config) + File.ReadAllText(_temp.Data.Agents), StringComparison.Ordinal);
        Assert.Equal("sk-hush", new NodeSecrets(_temp.Data, _ => null).Find("keystore:openai-api-key"));
    }

    [Fact]
    public async Task An_address_where_nobody_answers_is_said()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        string address = $"http://{free.LocalEndpoint}/v1";
        free.Stop();
        Assert.Equal("BTR-1027", (await KeyCheck.RunAsync(address, "k", CancellationToken.None))?.Error.Code);
    }

    private Task<CliRun> RunAsync(params string[] words) => CliRun.RunAsync(["onboard", .. words, "--data", _temp.Path]);
}
