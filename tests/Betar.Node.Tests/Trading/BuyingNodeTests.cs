using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Trading;

/// <summary>A node of the real executable that sells and buys.</summary>
public sealed class BuyingNodeTests
{
    [Fact]
    public async Task A_seller_buys_from_another_within_its_budget_and_has_its_own_agents_for_nothing()
    {
        await using var alpha = new UpNode("alpha");
        await using var beta = new UpNode("beta");
        await alpha.StartAsync("--no-mdns");
        string wallet = (await beta.AskAsync("wallet", "new", "wallet")).Text("address");
        string devnet = Path.Combine(beta.Data, Path.GetFileName(new DataFolder(beta.Data).DevnetInfo));
        File.Copy(new DataFolder(alpha.Data).DevnetInfo, devnet);
        await beta.StartAsync("--no-mdns", "--bootstrap", alpha.Address, "--fund", $"{wallet}=1");
        File.Delete(devnet);
        string id = alpha.AgentId("alpha");
        await beta.SeesAsync(id);

        JsonElement own = await beta.AskAsync("agent", "execute", "--agent-id", "beta", "--input", "hello");
        Assert.Equal(("hello", "0"), (own.Text("output"), own.Text("amount")));
        JsonElement bought = await beta.AskAsync("agent", "execute", "--agent-id", "alpha", "--task", "work", "--purchase-id", "p-1");
        Assert.Equal(("work", "1000", "Delivered"), (bought.Text("output"), bought.Text("amount"), bought.Text("stage")));
        Assert.Equal(bought.ToString(), (await beta.AskAsync("agent", "execute", "--agent-id", id, "--task", "work", "--purchase-id", "p-1")).ToString());
        Assert.Equal(1, (await alpha.AskAsync("order", "list")).GetArrayLength());

        (await beta.RunAsync("agent", "execute", "--agent-id", id, "--task", "x", "--max", "0.0001")).AssertRefused("BTR-3013", 1);
        (await beta.RunAsync("agent", "execute", "--agent-id", id, "--task", "x", "--max", "much")).AssertRefused("BTR-1014", 2);
        (await beta.RunAsync("agent", "execute", "--agent-id", "nobody", "--task", "x")).AssertRefused("BTR-4001", 1);
    }
}
