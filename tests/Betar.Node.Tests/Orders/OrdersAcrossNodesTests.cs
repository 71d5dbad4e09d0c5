using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Orders;

/// <summary>Two nodes of the real executable agree on orders, buy, and have it all in their books after a kill.</summary>
public sealed class OrdersAcrossNodesTests
{
    [Fact]
    public async Task An_order_is_agreed_on_done_and_kept_and_a_sale_is_exported_and_recorded()
    {
        await using var seller = new UpNode("alpha");
        await using var buyer = new UpNode();
        await seller.StartAsync("--no-mdns");
        string wallet = (await buyer.AskAsync("wallet", "new", "wallet")).Text("address");
        string devnet = Path.Combine(buyer.Data, Path.GetFileName(new DataFolder(buyer.Data).DevnetInfo));
        File.Copy(new DataFolder(seller.Data).DevnetInfo, devnet);
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address, "--fund", $"{wallet}=1");
        File.Delete(devnet);
        string agent = seller.AgentId("alpha");
        await buyer.SeesAsync(agent);

        (await buyer.RunAsync("order", "create", "--agent-id", "nobody")).AssertRefused("BTR-4001", 1);
        (await buyer.RunAsync("order", "create", "--agent-id", agent, "--price", "0.5")).AssertRefused("BTR-4032", 1);
        JsonElement order = await buyer.AskAsync("order", "create", "--agent-id", agent, "--price", "0.001");
        string id = order.Text("orderId");
        Assert.Equal((agent, buyer.PeerId, seller.PeerId, "0.001", "pending"),
            (order.Text("agentId"), order.Text("buyerId"), order.Text("sellerId"), order.GetProperty("price").GetRawText(), order.Text("status")));

        (await buyer.RunAsync("order", "accept", id)).AssertRefused("BTR-4034", 1);
        (await seller.RunAsync("order", "complete", id)).AssertRefused("BTR-4034", 1);
        (await seller.RunAsync("order", "cancel", "none")).AssertRefused("BTR-4008", 1);
        Assert.Equal("accepted", (await seller.AskAsync("order", "accept", id)).Text("status"));
        Assert.Equal("completed", (await seller.AskAsync("order", "complete", id)).Text("status"));
        Assert.Equal("completed", Assert.Single((await buyer.AskAsync("order", "list", "--market")).EnumerateArray()).Text("status"));
        JsonElement bought = await buyer.AskAsync("agent", "execute", "--agent-id", agent, "--task", "=work", "--purchase-id", "p-1");
        Assert.Equal("p-1", Assert.Single((await buyer.AskAsync("session", "show", agent, wallet)).GetProperty("exchanges").EnumerateArray()).Text("requestId"));

        await seller.KillAsync();
        await seller.StartAsync("--no-mdns");
        Assert.Equal("completed", Assert.Single((await seller.AskAsync("order", "list", "--market")).EnumerateArray()).Text("status"));
        JsonElement sold = Assert.Single((await seller.AskAsync("order", "list", "--state", "delivered", "--agent", agent, "--payer", wallet)).EnumerateArray());
        Assert.Equal(bought.Text("paymentKey"), sold.Text("payment"));
        Assert.Equal(0, (await seller.AskAsync("order", "list", "--state", "Refunded")).GetArrayLength());
        JsonElement exchange = Assert.Single((await seller.AskAsync("session", "show", agent, buyer.PeerId)).GetProperty("exchanges").EnumerateArray());
        Assert.Equal(("=work", "=work", bought.Text("transaction")), (exchange.Text("input"), exchange.Text("output"), exchange.GetProperty("payment").Text("txHash")));

        string file = Path.Combine(seller.Data, "orders.csv");
        CliRun export = await seller.RunAsync("order", "export", "--format", "csv", "--out", file);
        Assert.True(export.ExitCode == 0, export.Error);
        string[] lines = (await File.ReadAllTextAsync(file)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("cursor,payment,network,", lines[0], StringComparison.Ordinal);
        Assert.Contains($",{agent},{wallet},1000,Delivered,", lines[1], StringComparison.Ordinal);
        using JsonDocument row = JsonDocument.Parse((await seller.RunAsync("order", "export", "--format", "jsonl")).Out);
        Assert.Equal(bought.Text("transaction"), row.RootElement.Text("transaction"));
        (await seller.RunAsync("order", "export", "--format", "xml")).AssertRefused("BTR-1003", 2);
    }
}
