using System.Text.Json;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Http;

/// <summary>A model's tokens are sold over HTTP by "upto": charged for what was used, on a real EVM.</summary>
public sealed class TokenSaleTests
{
    [Fact]
    public async Task A_buyer_who_may_pays_exactly_what_was_used_rounded_up()
    {
        await using TokenShop shop = await TokenShop.StartAsync();
        JsonElement demand = await shop.DemandAsync();
        Assert.Equal(["exact", "upto", "batch-settlement"], demand.GetProperty("accepts").EnumerateArray().Select(way => way.GetProperty("scheme").GetString()));
        Assert.All(demand.GetProperty("accepts").EnumerateArray(), way => Assert.Equal("50000", way.GetProperty("amount").GetString()));
        Assert.Contains("0.5 USDC per million tokens of input and 2 of output, at most 0.05 USDC a task", demand.GetProperty("resource").GetProperty("description").GetString(), StringComparison.Ordinal);
        CliRun allowed = await shop.AllowAsync("1");
        Assert.True(allowed.ExitCode == 0, allowed.Error);
        ulong before = await shop.BalanceAsync(shop.Buyer);

        // 13 half units and 3 double ones are 12.5: 13.
        shop.Uses(13, 3);
        CliRun paid = await shop.PayAsync("one");
        Assert.True(paid.ExitCode == 0, paid.Error);
        using JsonDocument answer = JsonDocument.Parse(paid.Json().GetProperty("output").GetString()!);
        Assert.Equal(("said", "13"), (answer.RootElement.GetProperty("output").GetString(), answer.RootElement.GetProperty("charged").GetString()));
        Assert.Equal((13, 3, "served"), (
            answer.RootElement.GetProperty("usage").GetProperty("inputTokens").GetInt32(), answer.RootElement.GetProperty("usage").GetProperty("outputTokens").GetInt32(),
            answer.RootElement.GetProperty("usage").GetProperty("model").GetString()));
        Assert.Equal(("13", shop.Seller.ToString()), (paid.Json().GetProperty("amount").GetString(), paid.Json().GetProperty("payTo").GetString()));
        Assert.Equal((13ul, before - 13), (await shop.BalanceAsync(shop.Seller), await shop.BalanceAsync(shop.Buyer)));

        // The same intent gets the same answer; the receipt is what the chain has.
        CliRun again = await shop.PayAsync("one");
        Assert.Equal((0, 13ul), (again.ExitCode, await shop.BalanceAsync(shop.Seller)));
        string receipt = Path.Combine(shop.Node.Data, "receipt.json");
        await File.WriteAllTextAsync(receipt, paid.Out);
        CliRun verified = await shop.Node.RunAsync("receipt", "verify", receipt, "--json");
        Assert.True(verified.ExitCode == 0, verified.Error);
        await File.WriteAllTextAsync(receipt, paid.Out.Replace("\"amount\":\"13\"", "\"amount\":\"14\"", StringComparison.Ordinal));
        Assert.StartsWith("BTR-", (await shop.Node.RunAsync("receipt", "verify", receipt)).Error, StringComparison.Ordinal);

        // More than the most costs the most; nothing used costs nothing and sends nothing; a failure neither.
        shop.Uses(0, 30_000);
        CliRun capped = await shop.PayAsync("two");
        Assert.True(capped.ExitCode == 0, capped.Error);
        Assert.Equal("50000", capped.Json().GetProperty("amount").GetString());
        shop.Uses(0, 0);
        CliRun free = await shop.PayAsync("three");
        Assert.Equal(("0", ""), (free.Json().GetProperty("amount").GetString(), free.Json().GetProperty("transaction").GetString()));
        shop.Uses(100, 100);
        shop.Status = 400;
        Assert.Equal(1, (await shop.PayAsync("four")).ExitCode);
        Assert.Equal(50_013ul, await shop.BalanceAsync(shop.Seller));

        // The book: newest first, each with its tokens and what was charged; and the chain agrees.
        JsonElement[] sales = [.. (await shop.Node.AskAsync("order", "list", "--http")).EnumerateArray()];
        Assert.Equal(["0,0,0", "50000,0,30000", "13,13,3"], sales.Select(sale => $"{sale.GetProperty("charged").GetString()},{sale.GetProperty("inputTokens")},{sale.GetProperty("outputTokens")}"));
        Assert.All(sales, sale => Assert.Equal(("upto", "Delivered", "served"), (sale.GetProperty("scheme").GetString(), sale.GetProperty("state").GetString(), sale.GetProperty("model").GetString())));
        JsonElement shown = await shop.Node.AskAsync("order", "show", sales[2].GetProperty("payment").GetString()!);
        Assert.Equal((paid.Json().GetProperty("transaction").GetString(), "13"), (shown.GetProperty("transaction").GetString(), shown.GetProperty("amount").GetString()));
        CliRun text = await shop.Node.RunAsync("order", "show", sales[2].GetProperty("payment").GetString()!);
        Assert.Contains("13 in, 3 out", text.Out, StringComparison.Ordinal);
        Assert.StartsWith("BTR-1003", (await shop.Node.RunAsync("order", "list", "--http", "--owed")).Error, StringComparison.Ordinal);
        JsonElement audited = await shop.Node.AskAsync("ledger", "verify", "--chain");
        Assert.Equal((true, 3, "50013", "50013"), (
            audited.GetProperty("ok").GetBoolean(), audited.GetProperty("http").GetProperty("sales").GetInt32(), audited.GetProperty("http").GetProperty("in").GetString(),
            audited.GetProperty("http").GetProperty("kept").GetString()));
    }

    [Fact]
    public async Task A_buyer_who_may_not_pays_the_most_and_gets_the_rest_back()
    {
        await using TokenShop shop = await TokenShop.StartAsync(withPermits: false);
        Assert.Equal("exact", Assert.Single((await shop.DemandAsync()).GetProperty("accepts").EnumerateArray()).GetProperty("scheme").GetString());
        (await shop.AllowAsync("1")).AssertRefused("BTR-1016", 2);
        ulong before = await shop.BalanceAsync(shop.Buyer);
        shop.Uses(10_000, 10_000);

        CliRun paid = await shop.PayAsync("one");

        Assert.True(paid.ExitCode == 0, paid.Error);
        Assert.Contains("\"charged\":\"25000\"", paid.Json().GetProperty("output").GetString(), StringComparison.Ordinal);
        while (await shop.BalanceAsync(shop.Buyer) != before - 25_000)
            await Task.Yield();
        Assert.Equal(TokenShop.Most, await shop.BalanceAsync(shop.Seller));

        // The transfer may be there before the book says so.
        JsonElement sale;
        do
            sale = Assert.Single((await shop.Node.AskAsync("order", "list", "--http")).EnumerateArray());
        while (sale.GetProperty("state").GetString() == "RestOwed");
        Assert.Equal(("exact", "RestPaidBack", "50000", "25000", "25000"), (
            sale.GetProperty("scheme").GetString(), sale.GetProperty("state").GetString(), sale.GetProperty("amount").GetString(), sale.GetProperty("charged").GetString(),
            sale.GetProperty("goesBack").GetString()));
        JsonElement audited = await shop.Node.AskAsync("ledger", "verify", "--chain");
        Assert.Equal((true, "25000"), (audited.GetProperty("ok").GetBoolean(), audited.GetProperty("http").GetProperty("paidBack").GetString()));
    }
}
