using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Betar.Node.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Agents;

/// <summary>What <c>betar agent show</c> prints, against a node that answers as it is told; the real answer is held by <c>BuyingNodeTests</c>.</summary>
public sealed class AgentShowTests
{
    private const string Idle = """
        {"id":"12D/did:a","name":"alpha","price":0.001,"payTo":"0xA","executor":"builtin",
         "health":{"running":1,"waiting":2,"completed":3,"failed":4,"failedInARow":0,"resting":false,"lastError":"","modelCost":"0"},
         "earnings":{"total":"3000","orders":2,"earned":"2000","refunded":"500","httpSales":1,"httpEarned":"1000"},
         "hiring":{"perTask":"0","perDay":"0","spentToday":"0","reserved":"0"}}
        """;

    private const string Busy = """
        {"id":"12D/did:b","name":"beta","price":0.05,"tokenPrice":{"text":"2 USDC per million tokens"},"payTo":"0xB","executor":"llm",
         "health":{"running":0,"waiting":0,"completed":0,"failed":9,"failedInARow":9,"resting":true,"lastError":"no answer\u001b[2J","modelCost":"1500000"},
         "earnings":{"total":"0","orders":0,"earned":"0","refunded":"0","httpSales":0,"httpEarned":"0"},
         "hiring":{"perTask":"100000","perDay":"1000000","spentToday":"250000","reserved":"10000"}}
        """;

    [Fact]
    public async Task An_agent_that_hires_nobody()
    {
        CliRun run = await ShowAsync(Idle, "alpha");

        Assert.Equal(
            "name        alpha\nid          12D/did:a\nprice       0.001 USDC\npay to      0xA\nexecutor    builtin\n"
            + "tasks       1 running, 2 waiting, 3 completed, 4 failed\nmodels      0 USDC spent\n"
            + "earned      0.003 USDC: 2 orders, 0.002 USDC; 1 sales over HTTP, 0.001 USDC\npaid back   0.0005 USDC\nmay hire    nobody\n",
            run.Out);
    }

    [Fact]
    public async Task One_that_rests_and_hires()
    {
        CliRun run = await ShowAsync(Busy, "beta");

        Assert.Contains("price       2 USDC per million tokens, at most 0.05 USDC\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("9 failed, resting\nlast error  no answer", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("models      1.5 USDC spent\n", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("may hire    for 0.1 USDC a task, 1 USDC in 24 hours; 0.25 USDC spent, 0.01 USDC set aside\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_agent_it_says_what_is_missing()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("agent", "show", "--data", temp.Path)).AssertRefused(ErrorCatalog.WrongUsage.Code, 2);
    }

    private static async Task<CliRun> ShowAsync(string answer, string agent)
    {
        using var temp = new TempFolder();
        JsonElement asked = default;
        await using ControlServer node = (await ControlServer.StartAsync(
            temp.Data,
            new Dictionary<string, ControlHandler>
            {
                [AgentOverview.Operation] = (arguments, _) =>
                {
                    asked = arguments.Clone();
                    return Task.FromResult(ControlAnswer.Json(writer => writer.WriteRawValue(answer)));
                },
            },
            NullLogger<ControlServer>.Instance, CancellationToken.None)).OrThrow();
        CliRun run = await CliRun.RunAsync("agent", "show", agent, "--data", temp.Path);
        Assert.Equal(agent, asked.GetProperty("agentId").GetString());
        return run;
    }
}
