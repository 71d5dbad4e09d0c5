using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Demo;

/// <summary><c>betar demo</c> as the process that people start, on each chain that it knows.</summary>
public sealed class DemoTests
{
    private static readonly string[] s_steps =
        ["discover", "quote", "sign", "settle", "execute", "receipt", "replay", "refund", "tampered", "ledger", "chain"];

    [Theory]
    [InlineData("devnet", "eip155:84532")]
    [InlineData("anvil", "eip155:31337")]
    public async Task Everything_that_it_shows_holds(string network, string id)
    {
        using var temp = new TempFolder();
        CliRun run = await NodeProgram.RunAsync("demo", "--network", network, "--once", "--json", "--data", temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement demo = run.Json();
        Assert.True(demo.GetProperty("ok").GetBoolean(), run.Out);
        Assert.Equal(id, demo.GetProperty("network").GetString());
        Assert.Equal(s_steps, demo.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()!));
        JsonElement ledger = demo.GetProperty("ledger");
        Assert.True(ledger.GetProperty("conserved").GetBoolean());
        Assert.Equal(("5000", "2500", "2500", "0"), (Text("in"), Text("delivered"), Text("refunded"), Text("held")));
        Assert.StartsWith(id + "/", demo.GetProperty("receipt").GetProperty("payment").GetString(), StringComparison.Ordinal);

        // The chain was started for the demo and went with it.
        Assert.Null(DevnetInfo.Read(temp.Data));
        Assert.False(File.Exists(temp.Data.AnvilInfo));

        string? Text(string name) => ledger.GetProperty(name).GetString();
    }

    [Fact]
    public async Task On_an_anvil_that_runs_already_its_transactions_can_be_looked_at_afterwards()
    {
        using var temp = new TempFolder();
        using var chain = NodeProgram.Start("chain", "up", "--json", "--data", temp.Path);
        DevnetInfo anvil = DevnetInfo.TryParse((await chain.ReadLineAsync())!)!;
        CliRun run = await NodeProgram.RunAsync("demo", "--network", "anvil", "--once", "--json", "--data", temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement[] shown = [.. run.Json().GetProperty("steps").EnumerateArray().Where(step => step.TryGetProperty("transaction", out _))];
        Assert.Equal(["settle", "refund"], shown.Select(step => step.GetProperty("name").GetString()!));
        using var http = new HttpClient();
        JsonRpcChainClient client = AnvilNode.Client(http, anvil.Url, TimeProvider.System);
        foreach (JsonElement step in shown)
        {
            TransactionReceipt? receipt = await client.GetReceiptAsync(Hash32.Parse(step.GetProperty("transaction").GetString()!), default);
            Assert.True(receipt!.Succeeded);
            Assert.Contains(receipt.Logs, log => TransferEvent.TryDecode(log, anvil.Token, out TransferEvent? transfer) && transfer!.Value == (UInt256)2_500);
        }

        // It was there before and stays.
        Assert.Equal(anvil, DevnetInfo.ReadAnvil(temp.Data));
    }

    [Fact]
    public async Task A_network_that_nobody_knows_is_refused()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("demo", "--network", "mainnet", "--once", "--data", temp.Path)).AssertRefused("BTR-1016", 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }

    [Fact]
    public async Task Without_an_anvil_one_sentence_says_how_to_get_one()
    {
        using var temp = new TempFolder();
        CliRun run = await CliRun.RunAsync(
            new Dictionary<string, string> { ["BETAR_ANVIL"] = "/nowhere/anvil" }, "demo", "--network", "anvil", "--once", "--data", temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("BTR-2014: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("eng/tools anvil", run.Error, StringComparison.Ordinal);
    }
}
