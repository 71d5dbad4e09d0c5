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

        JsonElement seller = await alpha.AskAsync("agent", "show", "alpha");
        Assert.Equal((id, "builtin"), (seller.Text("agentID"), seller.Text("executor")));
        Assert.Equal(("1000", "1000", "0", "1"), (seller.GetProperty("earnings").Text("total"), seller.GetProperty("earnings").Text("earned"), seller.GetProperty("earnings").Text("refunded"), seller.GetProperty("earnings").Text("orders")));
        Assert.Equal(("1", "0", "0"), (seller.GetProperty("health").Text("completed"), seller.GetProperty("health").Text("failed"), seller.GetProperty("hiring").Text("perDay")));
        (await alpha.RunAsync("agent", "show", "nobody")).AssertRefused("BTR-4001", 1);

        (await beta.RunAsync("agent", "execute", "--agent-id", id, "--task", "x", "--max", "0.0001")).AssertRefused("BTR-3013", 1);
        (await beta.RunAsync("agent", "execute", "--agent-id", id, "--task", "x", "--max", "much")).AssertRefused("BTR-1014", 2);
        (await beta.RunAsync("agent", "execute", "--agent-id", "nobody", "--task", "x")).AssertRefused("BTR-4001", 1);
    }

    [Fact]
    public async Task A_workflow_over_two_nodes_survives_a_kill_and_pays_each_step_once()
    {
        await using var alpha = new UpNode("alpha");
        await using var beta = new UpNode("beta");
        await alpha.StartAsync("--no-mdns");
        string wallet = (await beta.AskAsync("wallet", "new", "wallet")).Text("address");
        string devnet = new DataFolder(beta.Data).DevnetInfo;
        File.Copy(new DataFolder(alpha.Data).DevnetInfo, devnet);
        string[] up = ["--no-mdns", "--bootstrap", alpha.Address, "--fund", $"{wallet}=1"];
        await beta.StartAsync(up);
        await beta.SeesAsync(alpha.AgentId("alpha"));

        JsonElement ordered = await beta.AskAsync("workflow", "create", "--chain", "alpha,beta,alpha", "--input", "hello", "--budget", "0.002", "--id", "w-1", "--detach");

        // It has heard of the seller a moment ago, and what that signed may not be on disk yet: after its start the node waits until it hears it again.
        await beta.KillAsync();
        await beta.StartAsync(up);
        JsonElement ended = await beta.AskAsync("workflow", "create", "--chain", "alpha,beta,alpha", "--input", "hello", "--budget", "0.002", "--id", "w-1");
        File.Delete(devnet);

        Assert.Equal("w-1", ordered.Text("id"));
        Assert.Equal(("completed", "hello", "0.002"), (ended.Text("status"), ended.Text("output"), ended.Text("totalCost")));
        Assert.Equal(2, (await alpha.AskAsync("order", "list")).GetArrayLength());
        Assert.Equal("w-1", Assert.Single((await beta.AskAsync("workflow", "list")).EnumerateArray()).Text("id"));
        (await beta.RunAsync("workflow", "cancel", "--id", "w-1")).AssertRefused("BTR-4028", 1);
        (await beta.RunAsync("workflow", "status", "--id", "w-2")).AssertRefused("BTR-4024", 1);
        (await beta.RunAsync("workflow", "create", "--chain", "beta", "--input", "")).AssertRefused("BTR-4025", 1);
        Assert.Equal(wallet, (await beta.AskAsync("wallet", "budget", "--per-day", "3")).Text("wallet"));
        Assert.Equal("3", (await beta.AskAsync("wallet", "budget")).Text("perDay"));
        JsonElement mandate = await beta.AskAsync("wallet", "mandate", "grant", "--limit", "0.5");
        (await beta.RunAsync("agent", "execute", "--agent-id", "alpha", "--task", "x", "--mandate", "none")).AssertRefused("BTR-3016", 1);
        Assert.Equal("work", (await beta.AskAsync("agent", "execute", "--agent-id", "alpha", "--task", "work", "--mandate", mandate.Text("id"))).Text("output"));
        Assert.Equal("0.001", Assert.Single((await beta.AskAsync("wallet", "mandate", "list")).EnumerateArray()).Text("spent"));
        Assert.True((await beta.AskAsync("wallet", "mandate", "revoke", "--id", mandate.Text("id")))[0].GetProperty("revoked").GetBoolean());
    }
}
