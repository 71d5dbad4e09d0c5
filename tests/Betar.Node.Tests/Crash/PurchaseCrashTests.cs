using System.Text.Json;
using Betar.Grains.Buying;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Folder;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Crash;

/// <summary>The buying node is killed at each place of a purchase, and asked again for the same one: it is paid once, delivered once and recorded once.</summary>
public sealed class PurchaseCrashTests
{
    private static readonly string[] s_points = [PurchaseFaultPoint.AfterQuote, PurchaseFaultPoint.AfterAnswer, PurchaseFaultPoint.AfterKept];

    public static TheoryData<string> Others => new(s_points);

    [Fact]
    public void Every_fault_point_is_crashed_at() => Assert.Equal(PurchaseFaultPoint.All.Order(), s_points.Append(PurchaseFaultPoint.AfterSigned).Order());

    [Fact]
    public Task A_purchase_that_was_signed_is_paid_once() => CrashAndAskAgainAsync(PurchaseFaultPoint.AfterSigned);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Others))]
    public Task A_purchase_is_paid_once_wherever_it_was_cut(string point) => CrashAndAskAgainAsync(point);

    private static async Task CrashAndAskAgainAsync(string point)
    {
        await using var seller = new UpNode("alpha");
        await using var buyer = new UpNode();
        await seller.StartAsync("--no-mdns");
        string wallet = (await buyer.AskAsync("wallet", "new", "wallet")).Text("address");
        string devnet = Path.Combine(buyer.Data, Path.GetFileName(new DataFolder(buyer.Data).DevnetInfo));
        File.Copy(new DataFolder(seller.Data).DevnetInfo, devnet);
        string agent = seller.AgentId("alpha");
        string[] purchase = ["agent", "execute", "--agent-id", agent, "--task", "work", "--purchase-id", "p-1"];

        buyer.Environment[KillAtFaultPoint.Variable] = point;
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address, "--fund", $"{wallet}=1");
        await buyer.SeesAsync(agent);
        Assert.NotEqual(0, (await buyer.RunAsync(purchase)).ExitCode);
        await buyer.KillAsync();

        buyer.Environment.Clear();
        await buyer.StartAsync("--no-mdns", "--bootstrap", seller.Address);
        File.Delete(devnet);
        await buyer.SeesAsync(agent);
        JsonElement bought = await buyer.AskAsync(purchase);
        Assert.Equal(("work", "Delivered"), (bought.Text("output"), bought.Text("stage")));
        JsonElement sold = Assert.Single((await seller.AskAsync("order", "list")).EnumerateArray());
        Assert.Equal((bought.Text("paymentKey"), "Delivered"), (sold.Text("payment"), sold.Text("state")));
        Assert.Single((await seller.AskAsync("session", "show", agent, buyer.PeerId)).GetProperty("exchanges").EnumerateArray());
        Assert.Single((await buyer.AskAsync("session", "show", agent, wallet)).GetProperty("exchanges").EnumerateArray());
        JsonElement report = await seller.AskAsync("ledger", "verify");
        Assert.Equal(("1000", "1000", "0"), (report.Text("in"), report.Text("delivered"), report.Text("held")));
    }
}
