using Betar.Ethereum;
using Betar.Node.Composition;
using Betar.Node.Tests.Facilitating;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary><c>betar pay</c> at a web server that sells, whose facilitator is ours, on our chain: all of it as others meet it.</summary>
public sealed class PayTests
{
    [Fact]
    public async Task What_is_paid_for_comes_with_a_receipt_and_the_same_intent_never_pays_twice()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await using PaidShop shop = await PaidShop.StartAsync(user.Facilitator);
        string buyer = await BuyerAsync(temp, user, 10 * FacilitatorUser.Price);

        CliRun first = await PayAsync(temp, shop.Joke, "--max", "0.001", "--intent", "one", "--yes", "--json");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal("a joke, number 1", Text(first, "output"));
        CliRun again = await PayAsync(temp, shop.Joke, "--max", "0.001", "--intent", "one", "--yes", "--json");
        Assert.Equal((Text(first, "output"), Text(first, "payment")), (Text(again, "output"), Text(again, "payment")));
        Assert.Equal(9 * FacilitatorUser.Price, await user.BalanceAsync(temp, buyer));

        CliRun receipt = await CliRun.RunAsync("receipt", "verify", temp.File("r.json", first.Out), "--data", temp.Path);
        Assert.Equal((0, ""), (receipt.ExitCode, receipt.Error));
        CliRun other = await PayAsync(temp, shop.Joke, "--max", "1", "--intent", "two", "--yes");
        Assert.Equal((0, "a joke, number 2\n"), (other.ExitCode, other.Out));
        Assert.All(Directory.EnumerateFiles(Path.Combine(temp.Path, "intents"), "*.json"),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(2, shop.Served);
    }

    [Fact]
    public async Task Above_the_limit_for_another_payee_or_without_a_yes_nothing_is_signed()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await using PaidShop shop = await PaidShop.StartAsync(user.Facilitator);
        string buyer = await BuyerAsync(temp, user, FacilitatorUser.Price);

        (await PayAsync(temp, shop.Joke, "--max", "0.000999", "--yes")).AssertRefused("BTR-3012", 1);
        (await PayAsync(temp, shop.Joke, "--max", "1", "--pay-to", "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23", "--yes")).AssertRefused("BTR-3012", 1);
        (await PayAsync(temp, shop.Joke, "--max", "1", "--network", "anvil", "--yes")).AssertRefused("BTR-3012", 1);
        (await PayAsync(temp, shop.Joke, "--max", "1")).AssertRefused("BTR-2044", 1);

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(temp.Path, "intents"), "*.json"));
        Assert.Equal((FacilitatorUser.Price, 0), (await user.BalanceAsync(temp, buyer), shop.Served));
    }

    [Fact]
    public async Task A_server_that_names_another_payee_than_before_is_not_paid_until_somebody_says_so()
    {
        const string other = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        string buyer = await BuyerAsync(temp, user, 10 * FacilitatorUser.Price);
        Uri joke;
        await using (PaidShop shop = await PaidShop.StartAsync(user.Facilitator))
        {
            joke = shop.Joke;
            Assert.Equal(0, (await PayAsync(temp, joke, "--max", "1", "--yes")).ExitCode);
        }

        await using PaidShop changed = await PaidShop.StartAsync(user.Facilitator, other, joke.Port);
        CliRun refused = await PayAsync(temp, joke, "--max", "1", "--yes");
        refused.AssertRefused("BTR-3019", 1);
        Assert.Contains("--pay-to " + other, refused.Error, StringComparison.Ordinal);
        Assert.Equal(9 * FacilitatorUser.Price, await user.BalanceAsync(temp, buyer));

        Assert.Equal((0, ""), await ExitAsync("--pay-to", other));
        Assert.Equal((0, ""), await ExitAsync());
        Assert.Equal(2 * FacilitatorUser.Price, await user.BalanceAsync(temp, other));

        async Task<(int, string)> ExitAsync(params string[] more)
        {
            CliRun run = await PayAsync(temp, joke, ["--max", "1", "--yes", .. more]);
            return (run.ExitCode, run.Error);
        }
    }

    [Theory]
    [InlineData("BTR-1003", "http://192.0.2.1/", "1", "buyer")]
    [InlineData("BTR-1003", "https://", "1", "buyer")]
    [InlineData("BTR-1014", "https://127.0.0.1/", "0", "buyer")]
    [InlineData("BTR-1014", "https://127.0.0.1/", "much", "buyer")]
    [InlineData("BTR-2043", "https://127.0.0.1/", "1", "nobody")]
    public async Task What_cannot_be_is_refused(string code, string url, string max, string wallet)
    {
        using var temp = new TempFolder();
        CliRun run = await CliRun.RunAsync("pay", url, "--max", max, "--wallet", wallet, "--yes", "--data", temp.Path);
        run.AssertRefused(code, run.ExitCode);
    }

    private static Task<CliRun> PayAsync(TempFolder temp, Uri url, params string[] more) =>
        CliRun.RunAsync(["pay", url.ToString(), "--data", temp.Path, .. more]);

    private static async Task<string> BuyerAsync(TempFolder temp, FacilitatorUser user, ulong amount)
    {
        using var key = new Betar.Node.Folder.Wallets(temp.Data).LoadOrCreate(Betar.Node.Cli.Paying.PayCommand.WalletName).Value;
        string address = Address.FromKey(key).ToString();
        await user.FundAsync(temp, amount, address);
        return address;
    }

    private static string Text(CliRun run, string name) => run.Json().GetProperty(name).GetString()!;
}
