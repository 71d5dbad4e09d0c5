using System.Net;
using System.Net.Http.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Cli;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Wallets;

/// <summary>On an EVM whose gas costs something.</summary>
public sealed class WalletSendOnAnvilTests
{
    private const string Target = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";
    private const string Coin = "1000000000000000000";

    [Fact]
    public async Task Coin_and_USDC_are_sent_for_a_fee_that_was_shown()
    {
        using var temp = new TempFolder();
        var made = await CliRun.RunAsync("wallet", "new", "mine", "--json", "--data", temp.Path);
        var address = Address.Parse(made.Json().GetProperty("address").GetString()!);
        await using var anvil = (await AnvilNode.StartAsync(
            temp.Data, AnvilProgram.Find(null, _ => null)!, new IPEndPoint(IPAddress.Loopback, 0), [address], TimeProvider.System, default)).OrThrow();
        await RequestAsync(anvil, "anvil_setBalance", address.ToString(), "0xde0b6b3a7640000");
        await RequestAsync(anvil, "anvil_setNextBlockBaseFeePerGas", "0x3b9aca00");
        await RequestAsync(anvil, "evm_mine");

        (await Send(temp, "1", "--native")).AssertRefused("BTR-5004", 1);
        (await Send(temp, "0.5", "--native", "--max-fee", "0")).AssertRefused("BTR-5005", 1);
        var coin = await Send(temp, "0.5", "--native", "--json");
        Assert.True(coin.ExitCode == 0, coin.Error);
        Assert.Equal(("native", "500000000000000000", 21_000), (
            coin.Json().GetProperty("asset").GetString(), coin.Json().GetProperty("amountAtomic").GetString(), coin.Json().GetProperty("gasUsed").GetInt32()));
        var fee = UInt256.Parse(coin.Json().GetProperty("mostFeeWei").GetString()!);
        Assert.True(fee > UInt256.Zero && fee < UInt256.Parse(Coin), $"{fee}");

        var usdc = await Send(temp, "2.5", "--network", "anvil");
        Assert.True(usdc.ExitCode == 0, usdc.Error);
        using var http = new HttpClient();
        var chain = AnvilNode.Client(http, anvil.Info.Url, TimeProvider.System);
        Assert.Equal((UInt256)2_500_000, (await new Eip3009Token(chain, anvil.Info.Token).BalanceOfAsync(Address.Parse(Target), default)).Value);
        Assert.Equal((UInt256)500_000_000_000_000_000, (await chain.GetBalanceAsync(Address.Parse(Target), default)).Value);
    }

    [Fact]
    public async Task A_password_is_asked_for_where_a_person_is_and_only_the_right_one_opens()
    {
        using var temp = new TempFolder();
        await CliRun.RunAsync(new Dictionary<string, string> { [WalletPasswords.Variable] = "right" }, "wallet", "new", "mine", "--data", temp.Path);
        var target = Path.Combine(temp.Path, "out.json");

        Assert.StartsWith("BTR-2040", (await ExportAsync(null)).Error, StringComparison.Ordinal);
        Assert.StartsWith("BTR-2041", (await ExportAsync("wrong")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await ExportAsync("right")).Exit);
        Assert.True(File.Exists(target));

        async Task<(int Exit, string Error)> ExportAsync(string? typed)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var asked = 0;
            var host = new CliHost(output, error, _ => null, TimeProvider.System)
            {
                AskSecret = typed is null ? null : question =>
                {
                    Assert.Contains("mine.json", question, StringComparison.Ordinal);
                    asked++;
                    return SecretBytes.OfText(typed);
                },
            };
            var password = Path.Combine(temp.Path, "export-password");
            if (!File.Exists(password))
                SecretFile.TryCreate(password, "for export"u8);
            var exit = await BetarCli.RunAsync(["wallet", "export", "mine", target, "--password-file", password, "--yes", "--data", temp.Path], host);
            Assert.Equal(typed is null ? 0 : 1, asked);
            return (exit, error.ToString());
        }
    }

    private static Task<CliRun> Send(TempFolder temp, params string[] args) =>
        CliRun.RunAsync(["wallet", "send", "mine", Target, .. args, "--yes", "--data", temp.Path]);

    private static async Task RequestAsync(AnvilNode anvil, string method, params object[] parameters)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(anvil.Info.Url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        Assert.DoesNotContain("\"error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
