using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary><c>betar pay</c> at an agent of a running node, over the network: one wallet, one payment for one intent, one payee.</summary>
public sealed class AgentPayTests
{
    private const long Price = 1_000;
    private const string Other = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";

    [Fact]
    public async Task What_is_paid_for_comes_with_a_receipt_and_the_same_intent_never_pays_twice()
    {
        await using var shop = await AgentShop.OpenAsync();
        CliRun first = await shop.PayAsync("math", "6 * 7", "--intent", "one", "--json");
        Assert.Equal((0, ""), (first.ExitCode, first.Error));
        Assert.Equal(("42", "1000", shop.AgentId), (Text(first, "output"), Text(first, "amount"), Text(first, "agentId")));

        CliRun again = await shop.PayAsync("math", "6 * 7", "--intent", "one", "--json");
        Assert.Equal((first.Out, CrashWorld.Funds - Price), (again.Out, await shop.BalanceAsync()));
        CliRun receipt = await CliRun.RunAsync("receipt", "verify", shop.Own.File("r.json", first.Out), "--data", shop.World.Data);
        Assert.Equal((0, ""), (receipt.ExitCode, receipt.Error));
        Assert.All(Directory.EnumerateFiles(shop.Own.Path, "*.json", SearchOption.AllDirectories).Where(file => !file.EndsWith("r.json", StringComparison.Ordinal)),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Who_was_paid_once_is_found_by_name_id_and_seller()
    {
        await using var shop = await AgentShop.OpenAsync();
        (await shop.PayAnywhereAsync("math", "1 + 1")).AssertRefused("BTR-1004", 2);
        Assert.Equal("2\n", (await shop.PayAsync("math", "1 + 1")).Out);
        foreach (string agent in new[] { "math", shop.AgentId, $"{shop.PeerId}/{shop.AgentId}" })
            Assert.Equal("4\n", (await shop.PayAnywhereAsync(agent, "2 + 2")).Out);
        Assert.Equal("6\n", (await shop.PayAsync($"{shop.PeerId}/{shop.AgentId}", "3 + 3")).Out);
        Assert.Equal(CrashWorld.Funds - (5 * Price), await shop.BalanceAsync());
    }

    [Fact]
    public async Task An_agent_that_keeps_the_payment_of_failed_work_is_paid_only_by_who_accepts_it()
    {
        await using var shop = await AgentShop.OpenAsync();
        await shop.RestartAsync("agents: [{ name: math, price: 0.001, refund: keep, executor: { builtin: math } }]");

        (await shop.PayAsync("math", "1 + 1")).AssertRefused("BTR-3020", 1);
        Assert.Equal(CrashWorld.Funds, await shop.BalanceAsync());
        Assert.Equal("2\n", (await shop.PayAsync("math", "1 + 1", "--accept-keep")).Out);
        Assert.Equal(CrashWorld.Funds - Price, await shop.BalanceAsync());
    }

    [Fact]
    public async Task An_agent_that_names_another_payee_than_before_is_not_paid_until_somebody_says_so()
    {
        await using var shop = await AgentShop.OpenAsync();
        Assert.Equal(0, (await shop.PayAsync("math", "1 + 1")).ExitCode);
        await shop.RestartAsync($$"""agents: [{ name: math, price: 0.001, payTo: "{{Other}}", executor: { builtin: math } }]""");

        CliRun refused = await shop.PayAsync("math", "1 + 1");
        refused.AssertRefused("BTR-3019", 1);
        Assert.Contains("--pay-to " + Other, refused.Error, StringComparison.Ordinal);
        Assert.Equal(CrashWorld.Funds - Price, await shop.BalanceAsync());

        Assert.Equal("2\n", (await shop.PayAsync("math", "1 + 1", "--pay-to", Other)).Out);
        Assert.Equal("2\n", (await shop.PayAsync("math", "1 + 1")).Out);
        Assert.Equal(2 * Price, await shop.World.BalanceAsync(Address.Parse(Other)));
    }

    [Fact]
    public async Task Above_the_limit_for_another_payee_for_nobody_or_without_a_yes_nothing_is_signed()
    {
        await using var shop = await AgentShop.OpenAsync();
        (await shop.PayAsync("math", "1", "--max", "0.000999")).AssertRefused("BTR-3013", 1);
        (await shop.PayAsync("math", "1", "--pay-to", Other)).AssertRefused("BTR-3012", 1);
        (await shop.PayAsync("poet", "1")).AssertRefused("BTR-4001", 1);
        (await shop.PayAsync("math", "1", "--network", "anvil")).AssertRefused("BTR-3012", 1);
        (await shop.PayAsync("12D3KooWK99VoVxNE7XzyBwXEzW7xhK7Gpv85r9F3V3fyKSUKPH5/x", "1")).AssertRefused("BTR-1017", 2);
        (await CliRun.RunAsync("pay", "math", "--at", shop.Where, "--max", "1", "--data", shop.Own.Path)).AssertRefused("BTR-2044", 1);
        (await CliRun.RunAsync("pay", "math", "--at", "/ip4/127.0.0.1/tcp/1", "--max", "1", "--yes", "--data", shop.Own.Path)).AssertRefused("BTR-1017", 2);
        (await CliRun.RunAsync("pay", "https://127.0.0.1/", "--at", shop.Where, "--max", "1", "--yes", "--data", shop.Own.Path)).AssertRefused("BTR-1003", 2);

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(shop.Own.Path, "intents"), "*.json"));
        Assert.Equal(CrashWorld.Funds, await shop.BalanceAsync());
    }

    [Fact]
    public async Task Work_that_fails_is_paid_back_and_an_intent_is_good_for_one_purchase()
    {
        await using var shop = await AgentShop.OpenAsync();
        CliRun failed = await shop.PayAsync("math", "1 / 0", "--intent", "one");
        failed.AssertRefused("BTR-3011", 1);
        Assert.Contains("refunded in 0x", failed.Error, StringComparison.Ordinal);
        Assert.Equal(CrashWorld.Funds, await shop.BalanceAsync());

        (await shop.PayAsync("math", "1 / 1", "--intent", "one")).AssertRefused("BTR-4006", 1);
        Assert.Equal(failed, await shop.PayAsync("math", "1 / 0", "--intent", "one"));
    }

    [Fact]
    public async Task A_seller_that_dies_on_the_way_is_shown_the_same_payment_when_it_is_back()
    {
        await using var shop = await AgentShop.OpenAsync(FaultPoint.AfterSettled);
        CliRun lost = await shop.PayAsync("math", "6 * 7", "--intent", "one");
        lost.AssertRefused("BTR-4004", 1);
        Assert.Contains("--intent one", lost.Error, StringComparison.Ordinal);
        await shop.RestartAsync();

        Assert.Equal("42\n", (await shop.PayAsync("math", "6 * 7", "--intent", "one")).Out);
        Assert.Equal(CrashWorld.Funds - Price, await shop.BalanceAsync());
    }

    private static string Text(CliRun run, string name) => run.Json().GetProperty(name).GetString()!;
}
