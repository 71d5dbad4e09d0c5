using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Node.Cli;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Sessions;

namespace Betar.Node.Tests.Sessions;

/// <summary>Sessions on the command line, read from a store whose node is down.</summary>
public sealed class SessionViewTests
{
    [Fact]
    public async Task A_session_has_the_originals_shape()
    {
        using TempFolder temp = await FolderAsync(Exchange("r1") with { Payment = new SessionPayment("key", "0xfeed", "1000", "0xb", DateTimeOffset.UnixEpoch) }, Exchange("r2") with { Output = "", Error = "why" });
        JsonElement session = (await CliRun.RunAsync("session", "show", "did:a", "peer", "--json", "--data", temp.Path)).Json();
        Assert.Equal(["id", "agentId", "callerId", "createdAt", "updatedAt", "exchanges", "total"], session.EnumerateObject().Select(field => field.Name));
        JsonElement[] exchanges = [.. session.GetProperty("exchanges").EnumerateArray()];
        Assert.Equal(["requestId", "input", "output", "timestamp", "payment", "sequence"], exchanges[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("""{"paymentId":"key","txHash":"0xfeed","amount":"1000","payer":"0xb","paidAt":"1970-01-01T00:00:00Z"}""", exchanges[0].GetProperty("payment").GetRawText());
        Assert.Equal(["requestId", "input", "output", "error", "timestamp", "sequence"], exchanges[1].EnumerateObject().Select(field => field.Name));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$", exchanges[1].Text("timestamp"));
    }

    [Fact]
    public async Task Sessions_are_listed_by_caller_and_the_peers_prefix_of_an_agent_is_left_out()
    {
        using TempFolder temp = await FolderAsync(Exchange("r1"), Exchange("r2", "other"), Exchange("r3", "other"));
        JsonElement list = (await CliRun.RunAsync("session", "list", "12D3Koo/did:a", "--json", "--data", temp.Path)).Json();
        Assert.Equal(["other", "peer"], list.EnumerateArray().Select(session => session.Text("callerId")));
        JsonElement after = (await CliRun.RunAsync("session", "list", "did:a", "--after", "other", "--limit", "1", "--json", "--data", temp.Path)).Json();
        Assert.Equal("peer", Assert.Single(after.EnumerateArray()).Text("callerId"));
        Assert.Equal("Nothing was exchanged with this agent.\n", (await CliRun.RunAsync("session", "list", "did:b", "--data", temp.Path)).Out);
    }

    /// <summary>Of a store whose node is down, as of one that runs.</summary>
    [Fact]
    public async Task An_agent_is_called_by_its_name_too()
    {
        using TempFolder temp = await FolderAsync(Exchange("r1"));
        await using (BetarDatabase database = BetarDatabase.Open(temp.Data.Database))
        {
            var spec = new AgentSpec { AgentId = "did:a", Name = "writer", PriceAtomic = "0", PayTo = "", ExecutorKind = "builtin", ExecutorTarget = "echo" };
            await database.Agents.PutAsync(spec.AgentId, AgentRow.Encode(spec), CancellationToken.None);
        }

        Assert.Equal("peer", Assert.Single((await CliRun.RunAsync("session", "list", "writer", "--json", "--data", temp.Path)).Json().EnumerateArray()).Text("callerId"));
        Assert.Equal("peer", (await CliRun.RunAsync("session", "show", "writer", "peer", "--json", "--data", temp.Path)).Json().Text("callerId"));
        Assert.Equal("Nothing was exchanged with this agent.\n", (await CliRun.RunAsync("session", "list", "reader", "--data", temp.Path)).Out);
    }

    [Fact]
    public async Task A_strangers_text_does_nothing_to_the_terminal()
    {
        using TempFolder temp = await FolderAsync(Exchange("r\u001b[2J\n1", "pe\u202eer") with { Input = "a\r\nb\u0007", Output = "\u2066x", Error = "e\u0085", ClaimedCaller = "c\u001b]0;owned\u0007" });
        CliRun list = await CliRun.RunAsync("session", "list", "did:a", "--data", temp.Path), show = await CliRun.RunAsync("session", "show", "did:a", "pe\u202eer", "--data", temp.Path);
        Assert.Equal((0, 0), (list.ExitCode, show.ExitCode));
        Assert.All((list.Out + show.Out).Where(unit => unit != '\n'), unit => Assert.True(!char.IsControl(unit) && unit is not ('\u202e' or '\u2066' or '\u0085')));
        Assert.Contains("a\\u000d\\u000ab\\u0007", show.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_refused()
    {
        using TempFolder temp = await FolderAsync(Exchange("r1"));
        (await CliRun.RunAsync("session", "show", "did:a", "nobody", "--data", temp.Path)).AssertRefused("BTR-4030", 1);
    }

    [Theory]
    [InlineData("session", "list", "did:a", "--limit", "0")]
    [InlineData("session", "list", "did:a", "--limit", "501")]
    [InlineData("session", "show", "did:a", "peer", "--limit", "1001")]
    [InlineData("session", "show", "did:a", "peer", "--before", "-1")]
    public async Task A_number_out_of_its_bounds_is_refused(params string[] command)
    {
        using TempFolder temp = await FolderAsync(Exchange("r1"));
        (await CliRun.RunAsync([.. command, "--data", temp.Path])).AssertRefused("BTR-1003", 2);
    }

    private static SessionExchange Exchange(string request, string caller = "peer") =>
        new() { AgentId = "did:a", CallerId = caller, RequestId = request, Input = "in", Output = "out" };

    private static async Task<TempFolder> FolderAsync(params SessionExchange[] exchanges)
    {
        var temp = new TempFolder();
        await using BetarDatabase database = BetarDatabase.Open(temp.Data.Database);
        foreach (SessionExchange exchange in exchanges)
            database.Sessions.Record(exchange);
        return temp;
    }
}
