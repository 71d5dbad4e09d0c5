using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Control;

/// <summary>The commands that ask a running node, against a stand-in for it.</summary>
public sealed class NodeCommandTests
{
    [Theory]
    [InlineData("agent", "list")]
    [InlineData("order", "list")]
    [InlineData("wallet", "address")]
    [InlineData("agent", "execute", "--agent-id", "x", "--task", "y")]
    public async Task Without_a_node_they_say_so(params string[] command)
    {
        using var temp = new TempFolder();

        (await CliRun.RunAsync([.. command, "--data", temp.Path])).AssertRefused("BTR-2010", 1);
    }

    [Fact]
    public async Task Agents_are_a_table_or_the_nodes_own_json()
    {
        using var temp = new TempFolder();
        await using var node = await NodeAsync(temp, "agents.list",
            """[{"id":"did:key:zX","name":"alpha","price":0.001,"priceAtomic":"1000","payTo":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1"}]""");

        var table = await CliRun.RunAsync("agent", "list", "--data", temp.Path);
        var json = await CliRun.RunAsync("agent", "list", "--json", "--data", temp.Path);

        Assert.Matches("alpha +0.001 USDC +0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1 +did:key:zX\n", table.Out);
        Assert.Equal("1000", json.Json()[0].GetProperty("priceAtomic").GetString());
        Assert.Single(json.Out.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("agent", "agents.list", "no agents")]
    [InlineData("order", "orders.list", "Nothing was sold")]
    public async Task An_empty_list_is_said_in_words(string noun, string method, string words)
    {
        using var temp = new TempFolder();
        await using var node = await NodeAsync(temp, method, "[]");

        var run = await CliRun.RunAsync(noun, "list", "--data", temp.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(words, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refunds_that_are_still_owed_after_a_try_are_no_success()
    {
        using var temp = new TempFolder();
        await using var node = await NodeAsync(temp, "refunds.retry",
            """{"owed":1,"orders":[{"payment":"p","state":"RefundOwed","detail":"no\nmoney"},{"payment":"q","state":"Refunded","detail":"0x1"}]}""");

        var run = await CliRun.RunAsync("refund", "retry", "--data", temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-3010: 1 refund(s) are still owed", run.Error, StringComparison.Ordinal);
        Assert.Equal("RefundOwed p no\\u000amoney\nRefunded   q 0x1\n", run.Out);
    }

    [Fact]
    public async Task Orders_are_a_table()
    {
        using var temp = new TempFolder();
        await using var node = await NodeAsync(temp, "orders.list", """[{"at":"2026-01-01T00:00:00Z","state":"delivered","amount":"1000","agentId":"did:key:zX","payment":"p"}]""");

        Assert.Matches("2026-01-01T00:00:00Z +delivered +1000 +did:key:zX +p\n", (await CliRun.RunAsync("order", "list", "--data", temp.Path)).Out);
    }

    [Fact]
    public async Task A_task_and_its_agent_reach_the_node_and_the_output_comes_back()
    {
        using var temp = new TempFolder();
        await using var node = await NodeAsync(temp, "agents.execute", arguments =>
            JsonSerializer.Serialize(new { output = $"{arguments.GetProperty("agentId")} did {arguments.GetProperty("task")}" }));

        var run = await CliRun.RunAsync("agent", "execute", "--agent-id", "zX", "-t", "sing \"it\"", "--data", temp.Path);

        Assert.Equal((0, "zX did sing \"it\"\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Accounts_are_shown_by_their_use()
    {
        using var temp = new TempFolder();
        await using var node = await NodeAsync(temp, "wallet", """{"payout":"0xA","refund":"0xB","balance":{}}""");

        var run = await CliRun.RunAsync("wallet", "address", "--data", temp.Path);

        Assert.Matches("^payout +0xA\nrefund +0xB\n$", run.Out);
    }

    private static Task<ControlServer> NodeAsync(TempFolder temp, string method, string answer) => NodeAsync(temp, method, _ => answer);

    private static async Task<ControlServer> NodeAsync(TempFolder temp, string method, Func<JsonElement, string> answer)
    {
        ControlHandler handler = (arguments, _) =>
        {
            var json = answer(arguments);
            return Task.FromResult(ControlAnswer.Json(writer => writer.WriteRawValue(json)));
        };
        return (await ControlServer.StartAsync(temp.Data, new Dictionary<string, ControlHandler> { [method] = handler },
            NullLogger<ControlServer>.Instance, CancellationToken.None)).OrThrow();
    }
}
