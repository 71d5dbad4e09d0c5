using System.Text.Json;
using Betar.Grains.Buying;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Crash;

/// <summary>The node that runs a workflow is killed at each place of a step's purchase, and goes on by itself: each step is paid once, and the budget holds for all of it.</summary>
public sealed class WorkflowCrashTests
{
    public static TheoryData<string> Others => new(PurchaseFaultPoint.All.Where(point => point != PurchaseFaultPoint.AfterSigned));

    [Fact]
    public Task A_workflow_goes_on_behind_a_step_that_was_signed() => CrashAndGoOnAsync(PurchaseFaultPoint.AfterSigned);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Others))]
    public Task A_workflow_goes_on_wherever_a_step_was_cut(string point) => CrashAndGoOnAsync(point);

    private static async Task CrashAndGoOnAsync(string point)
    {
        await using var seller = new UpNode("alpha", "gamma");
        await using var buyer = new UpNode();
        await seller.StartAsync("--no-mdns");
        string wallet = (await buyer.AskAsync("wallet", "new", "wallet")).Text("address");
        string devnet = new DataFolder(buyer.Data).DevnetInfo;
        File.Copy(new DataFolder(seller.Data).DevnetInfo, devnet);
        string[] workflow = ["workflow", "create", "--chain", "alpha,gamma,alpha", "--input", "hello", "--budget", "0.003", "--id", "w-1"];

        buyer.Environment[KillAtFaultPoint.Variable] = point;
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address, "--fund", $"{wallet}=1");
        await buyer.SeesAsync(seller.AgentId("alpha"), seller.AgentId("gamma"));
        Assert.NotEqual(0, (await buyer.RunAsync(workflow)).ExitCode);
        await buyer.KillAsync();

        buyer.Environment.Clear();
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address);
        File.Delete(devnet);
        JsonElement ended = await buyer.AskAsync(workflow);

        Assert.Equal(("completed", "hello", "0.003"), (ended.Text("status"), ended.Text("output"), ended.Text("totalCost")));
        JsonElement[] sold = [.. (await seller.AskAsync("order", "list")).EnumerateArray()];
        Assert.Equal(3, sold.Length);
        Assert.All(sold, order => Assert.Equal("Delivered", order.Text("state")));
        JsonElement report = await seller.AskAsync("ledger", "verify");
        Assert.Equal(("3000", "3000", "0"), (report.Text("in"), report.Text("delivered"), report.Text("held")));
    }
}
