using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Workflows;

/// <summary>What the workflow, budget and mandate commands print, against a node that answers as it is told.</summary>
public sealed class WorkflowCommandTests
{
    private const string Ended = """
        {"id":"w-1","status":"completed","steps":[
          {"index":0,"path":"0.0","agentId":"did:a","status":"completed","input":"in","output":"one","payment":{"amount":"0.002"}},
          {"index":1,"path":"0.1","agentId":"did:b","status":"skipped","input":""}],
         "input":"in","output":"one","totalCost":"0.002","createdAt":"2026-01-01T00:00:00.000Z"}
        """;

    [Fact]
    public async Task A_workflow_that_has_ended_is_printed_with_its_steps_and_its_cost()
    {
        using var temp = new TempFolder();
        JsonElement asked = default;
        await using ControlServer node = await NodeAsync(temp, "workflows.create", arguments => (asked = arguments.Clone(), Ended).Ended);

        CliRun run = await CliRun.RunAsync("workflow", "create", "--chain", "did:a, did:b", "--input", "in", "--budget", "0.5", "--data", temp.Path);

        Assert.Equal(
            "Workflow created: w-1\nWorkflow: w-1\nStatus: completed\n  Step 1: did:a [completed, 0.002 USDC]\n    one\n  Step 2: did:b [skipped]\nOutput: one\nTotal cost: 0.002 USDC\n",
            run.Out);
        Assert.Equal("""["did:a","did:b"]""", asked.GetProperty("agentIds").ToString());
        Assert.Equal(("in", "0.5"), (asked.GetProperty("input").GetString(), asked.GetProperty("budget").GetString()));
    }

    [Fact]
    public async Task A_workflow_that_failed_ends_with_its_code()
    {
        using var temp = new TempFolder();
        await using ControlServer node = await NodeAsync(temp, "workflows.create", _ =>
            """{"id":"w-1","status":"failed","steps":[],"input":"in","error":"BTR-4026: too dear.","totalCost":"0","createdAt":""}""");

        CliRun run = await CliRun.RunAsync("workflow", "create", "--chain", "a", "--input", "in", "--data", temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-4026: Workflow w-1 failed: too dear; ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_sent_as_it_is()
    {
        using var temp = new TempFolder();
        string file = temp.File("wf.yaml", "input: x\n");
        JsonElement asked = default;
        await using ControlServer node = await NodeAsync(temp, "workflows.run-file", arguments => (asked = arguments.Clone(), Ended).Ended);

        CliRun run = await CliRun.RunAsync("workflow", "create", "--file", file, "--json", "--data", temp.Path);

        Assert.Equal("w-1", run.Json().GetProperty("id").GetString());
        Assert.Equal(("input: x\n", file), (asked.GetProperty("text").GetString(), asked.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("workflow", "create")]
    [InlineData("workflow", "create", "--chain", "a", "--file", "b")]
    [InlineData("workflow", "create", "--chain", "a")]
    public async Task A_workflow_needs_a_chain_with_its_input_or_a_file(params string[] command)
    {
        using var temp = new TempFolder();

        (await CliRun.RunAsync([.. command, "--data", temp.Path])).AssertRefused(ErrorCatalog.MissingOption.Code, 2);
    }

    [Fact]
    public async Task Status_list_and_cancel_print_what_the_node_says()
    {
        using var temp = new TempFolder();
        await using ControlServer node = await NodeAsync(temp, new Dictionary<string, Func<JsonElement, string>>
        {
            ["workflows.show"] = _ => Ended, ["workflows.list"] = _ => $"[{Ended}]", ["workflows.cancel"] = _ => Ended,
        });

        Assert.StartsWith("Workflow: w-1\nStatus: completed\n", (await CliRun.RunAsync("workflow", "status", "--id", "w-1", "--data", temp.Path)).Out, StringComparison.Ordinal);
        Assert.Equal("id   status     steps  cost        created\nw-1  completed  2      0.002 USDC  2026-01-01T00:00:00.000Z\n", (await CliRun.RunAsync("workflow", "list", "--data", temp.Path)).Out);
        Assert.Equal("Workflow canceled: w-1\n", (await CliRun.RunAsync("workflow", "cancel", "--id", "w-1", "--data", temp.Path)).Out);
    }

    [Fact]
    public async Task The_budget_is_shown_and_set()
    {
        using var temp = new TempFolder();
        const string Budget = """{"wallet":"0xA","perTask":"1","perDay":"10","perPeer":"5","spentToday":"0.5","reserved":"0"}""";
        JsonElement asked = default;
        await using ControlServer node = await NodeAsync(temp, new Dictionary<string, Func<JsonElement, string>>
        {
            ["budget.show"] = _ => Budget, ["budget.set"] = arguments => (asked = arguments.Clone(), Budget).Budget,
        });

        CliRun shown = await CliRun.RunAsync("wallet", "budget", "--data", temp.Path);
        await CliRun.RunAsync("wallet", "budget", "--per-day", "10", "--data", temp.Path);

        Assert.Equal("wallet     0xA\none task   1 USDC\n24 hours   10 USDC\none payee  5 USDC\nspent      0.5 USDC\nset aside  0 USDC\n", shown.Out);
        Assert.Equal("""{"perDay":"10"}""", asked.ToString());
    }

    [Fact]
    public async Task Mandates_are_granted_listed_and_revoked()
    {
        using var temp = new TempFolder();
        const string Mandate = """{"id":"m","limit":"0.5","spent":"0.1","expires":"2026-01-02T00:00:00Z","revoked":false}""";
        await using ControlServer node = await NodeAsync(temp, new Dictionary<string, Func<JsonElement, string>>
        {
            ["mandates.grant"] = _ => Mandate, ["mandates.list"] = _ => $"[{Mandate}]", ["mandates.revoke"] = _ => "[]",
        });

        Assert.Equal("Mandate m: 0.5 USDC until 2026-01-02T00:00:00Z\n", (await CliRun.RunAsync("wallet", "mandate", "grant", "--limit", "0.5", "--data", temp.Path)).Out);
        Assert.Matches("^id +limit +spent +expires +revoked\nm +0.5 USDC +0.1 USDC +2026-01-02T00:00:00Z +no\n$", (await CliRun.RunAsync("wallet", "mandate", "list", "--data", temp.Path)).Out);
        Assert.Equal("No mandates.\n", (await CliRun.RunAsync("wallet", "mandate", "revoke", "--id", "m", "--data", temp.Path)).Out);
    }

    private static Task<ControlServer> NodeAsync(TempFolder temp, string method, Func<JsonElement, string> answer) =>
        NodeAsync(temp, new Dictionary<string, Func<JsonElement, string>> { [method] = answer });

    private static async Task<ControlServer> NodeAsync(TempFolder temp, Dictionary<string, Func<JsonElement, string>> answers) => (await ControlServer.StartAsync(
        temp.Data,
        answers.ToDictionary(answer => answer.Key, answer => (ControlHandler)((arguments, _) =>
        {
            string json = answer.Value(arguments);
            return Task.FromResult(ControlAnswer.Json(writer => writer.WriteRawValue(json)));
        })),
        NullLogger<ControlServer>.Instance, CancellationToken.None)).OrThrow();
}
