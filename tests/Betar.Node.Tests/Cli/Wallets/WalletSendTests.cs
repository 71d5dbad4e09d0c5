using System.Net.Http.Json;
using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Wallets;

/// <summary><c>betar wallet send</c> on the devnet of a folder: what it shows, asks, refuses and moves.</summary>
public sealed class WalletSendTests
{
    private const string Target = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";

    [Fact]
    public async Task USDC_is_sent_after_a_yes_and_the_fee_is_shown_before()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        var from = await FundAsync(temp, 2_000_000);

        var run = await CliRun.AnswerAsync("yes\n", None, Send(temp, "mine", Target, "1.5", "--json"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"Sending 1.5 USDC from {from} to {Target} on devnet (eip155:84532), for a fee of at most 0 coin? Type yes", run.Error, StringComparison.Ordinal);
        var json = run.Json();
        Assert.Equal(("1500000", "eip155:84532", Target, 1), (
            json.GetProperty("amountAtomic").GetString(), json.GetProperty("network").GetString(), json.GetProperty("to").GetString(), json.GetProperty("confirmations").GetInt32()));
        Assert.Equal("500000", (await Balance(temp, "mine")).Json().GetProperty("balanceAtomic").GetString());
        Assert.Equal("1500000", (await Balance(temp, Target)).Json().GetProperty("balanceAtomic").GetString());

        var second = await CliRun.RunAsync(Send(temp, "mine", Target, "0.5", "--yes"));
        Assert.StartsWith($"0.5 USDC from {from} to {Target}: 0x", second.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no\n")]
    [InlineData("\n")]
    [InlineData("y\n")]
    [InlineData("")]
    public async Task Anything_but_yes_sends_nothing(string answer)
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        await FundAsync(temp, 2_000_000);

        var run = await CliRun.AnswerAsync(answer, None, Send(temp, "mine", Target, "1"));
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains("BTR-2044: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("2000000", (await Balance(temp, "mine")).Json().GetProperty("balanceAtomic").GetString());
    }

    [Fact]
    public async Task Nobody_at_the_terminal_is_no_yes_and_too_little_is_told_first()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        await FundAsync(temp, 2_000_000);

        (await CliRun.RunAsync(Send(temp, "mine", Target, "1"))).AssertRefused("BTR-2044", 1);
        (await CliRun.RunAsync(Send(temp, "mine", Target, "2.000001", "--yes"))).AssertRefused("BTR-5004", 1);
        (await CliRun.RunAsync(Send(temp, "mine", Target, "1", "--native", "--yes"))).AssertRefused("BTR-5004", 1);
        (await CliRun.RunAsync(Send(temp, "mine", "mine-too", "1", "--yes"))).AssertRefused("BTR-2043", 1);
    }

    [Theory]
    [InlineData("BTR-1003", 2, "a/b", Target, "1")]
    [InlineData("BTR-1003", 2, "mine", "a/b", "1")]
    [InlineData("BTR-1015", 2, "mine", "0x2c7536E3605D9C16a7a3D7b1898e529396a65c24", "1")]
    [InlineData("BTR-1015", 2, "mine", "0x12", "1")]
    [InlineData("BTR-1003", 2, "mine", Target, "1", "--max-fee", "-1")]
    [InlineData("BTR-1003", 2, "mine", Target, "1", "--wait", "3601")]
    [InlineData("BTR-2043", 1, "none", Target, "1")]
    [InlineData("BTR-5001", 1, "mine", Target, "1")]
    [InlineData("BTR-1016", 2, "mine", Target, "1", "--network", "nowhere")]
    [InlineData("BTR-1016", 2, "mine", Target, "1", "--network", "base")]
    [InlineData("BTR-1003", 2, "mine", Target, "1", "--network", "base", "--rpc", "ftp://x")]
    [InlineData("BTR-1003", 2, "mine", Target, "0", "--network", "base", "--rpc", "http://127.0.0.1:1")]
    [InlineData("BTR-1003", 2, "mine", Target, "1.0000001", "--network", "base", "--rpc", "http://127.0.0.1:1")]
    [InlineData("BTR-5001", 1, "mine", Target, "1", "--network", "base", "--rpc", "http://127.0.0.1:1")]
    public async Task What_cannot_be_sent_has_its_code(string code, int exit, params string[] args)
    {
        using var temp = new TempFolder();
        await CliRun.RunAsync("wallet", "new", "mine", "--data", temp.Path);

        (await CliRun.RunAsync(Send(temp, [.. args, "--yes"]))).AssertRefused(code, exit);
    }

    [Fact]
    public async Task Another_chain_than_the_network_is_refused_before_anything_is_signed()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        await FundAsync(temp, 2_000_000);

        (await CliRun.RunAsync(Send(temp, "mine", Target, "1", "--network", "base", "--rpc", DevnetInfo.Read(temp.Data)!.Url.ToString(), "--yes")))
            .AssertRefused("BTR-5002", 1);
    }

    [Fact]
    public async Task A_transfer_that_the_token_or_the_chain_refuses_is_told_as_failed()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        await FundAsync(temp, 2_000_000);

        (await CliRun.RunAsync(Send(temp, "mine", "0x0000000000000000000000000000000000000000", "1", "--yes"))).AssertRefused("BTR-5006", 1);
        await AskAsync(temp, "devnet_setFault", new { kind = "revert" });
        (await CliRun.RunAsync(Send(temp, "mine", Target, "1", "--yes"))).AssertRefused("BTR-5006", 1);
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_that_it_is_under_way()
    {
        using var temp = new TempFolder();
        using var devnet = await RunningDevnet.StartAsync(temp);
        await FundAsync(temp, 2_000_000);

        (await CliRun.RunAsync(Send(temp, "mine", Target, "1", "--yes", "--wait", "0"))).AssertRefused("BTR-5007", 1);
    }

    private static Dictionary<string, string> None => [];

    private static string[] Send(TempFolder temp, params string[] args) => ["wallet", "send", .. args, "--data", temp.Path];

    private static Task<CliRun> Balance(TempFolder temp, string account) => CliRun.RunAsync("wallet", "balance", account, "--json", "--data", temp.Path);

    private static async Task<string> FundAsync(TempFolder temp, ulong amount)
    {
        var made = await CliRun.RunAsync("wallet", "new", "mine", "--json", "--data", temp.Path);
        var address = made.Json().GetProperty("address").GetString()!;
        await AskAsync(temp, "devnet_fund", address, $"{(UInt256)amount}");
        return address;
    }

    private static async Task AskAsync(TempFolder temp, string method, params object[] parameters)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(DevnetInfo.Read(temp.Data)!.Url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        Assert.DoesNotContain("\"error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
