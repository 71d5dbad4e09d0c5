using System.Text.Json;
using Betar.Grains.Payments;
using Betar.Node.Tests.Crash;
using Betar.Node.Tests.Support;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Cli.Orders;

/// <summary>What is owed and what was sold, asked of a ledger whose node was killed and of a node that runs.</summary>
public sealed class OrderCommandTests
{
    [Fact]
    public async Task A_refund_that_a_crash_left_owed_is_listed_said_by_the_doctor_and_paid_after_the_restart()
    {
        await using var world = new CrashWorld();
        int port;
        await using (RunningNode doomed = await world.StartAsync(FaultPoint.AfterRefundOwed))
        {
            port = doomed.Port;
            await world.Buyer.PrepareAsync(doomed.Address, doomed.Agents["math"], "1/0");
            Assert.Null(await world.Buyer.PayAsync(doomed.Address));
            await doomed.DiesAsync();
        }

        JsonElement owed = Assert.Single(await ListAsync(world.Data, "--owed"));
        Assert.Equal(("RefundOwed", "1000"), (Text(owed, "state"), Text(owed, "amount")));
        CliRun doctor = await CliRun.RunAsync("doctor", "--data", world.Data);
        Assert.Equal(1, doctor.ExitCode);
        Assert.Matches("WRONG refunds +1 refund\\(s\\) of 0.001 USDC are owed", doctor.Out);
        Assert.Matches("to mend it: see that 0x[0-9a-fA-F]{40} has at least that much, and run betar refund retry", doctor.Out);

        await using RunningNode again = await world.StartAsync(null, port);
        X402Error paidBack = Assert.IsType<X402Error>(await world.Buyer.PayToTheEndAsync(again.Address));
        Assert.Empty(await ListAsync(world.Data, "--owed"));
        CliRun retry = await CliRun.RunAsync("refund", "retry", "--data", world.Data);
        Assert.Equal((0, "Nothing is owed.\n"), (retry.ExitCode, retry.Out));
        (await CliRun.RunAsync("refund", "retry", Text(owed, "payment"), "--data", world.Data)).AssertRefused("BTR-4008", 1);

        JsonElement shown = (await CliRun.RunAsync("order", "show", Text(owed, "payment"), "--json", "--data", world.Data)).Json();
        Assert.Equal(("Refunded", "1/0", "1000"), (Text(shown, "state"), Text(shown, "input"), Text(shown, "amount")));
        Assert.Contains(Text(shown, "refund"), paidBack.Message, StringComparison.Ordinal);
        Assert.Equal(["Reserved", "Settled", "RefundOwed", "Refunded"], shown.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "state")));
        await again.StopAsync();
    }

    [Fact]
    public async Task Without_a_node_the_ledger_is_read()
    {
        using var temp = new TempFolder();
        CliRun demo = await NodeProgram.RunAsync("demo", "--once", "--json", "--data", temp.Path);
        string payment = Text(demo.Json().GetProperty("receipt"), "payment");

        Assert.Equal(["Delivered", "Delivered", "Delivered", "Refunded", "Delivered"], (await ListAsync(temp.Path)).Select(order => Text(order, "state")));
        Assert.Empty(await ListAsync(temp.Path, "--owed"));
        Assert.Equal("Nothing is owed.\n", (await CliRun.RunAsync("order", "list", "--owed", "--data", temp.Path)).Out);

        CliRun words = await CliRun.RunAsync("order", "show", payment, "--data", temp.Path);
        Assert.Matches("state +Delivered\n", words.Out);
        Assert.Matches("output +42\n", words.Out);
        Assert.Matches("Settled +0x[0-9a-f]{64}\n", words.Out);
        JsonElement byNonce = (await CliRun.RunAsync("order", "show", payment.Split('/')[^1], "--json", "--data", temp.Path)).Json();
        Assert.Equal(payment, Text(byNonce, "payment"));
        Assert.DoesNotContain("signature", byNonce.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0x00000000000000000000000000000000000000000000000000000000000000ff")]
    public async Task An_order_that_is_not_there_is_refused(string id)
    {
        using var temp = new TempFolder();
        await using (Storage.BetarDatabase.Open(temp.Data.Database))
        {
        }

        (await CliRun.RunAsync("order", "show", id, "--data", temp.Path)).AssertRefused("BTR-4008", 1);
    }

    [Fact]
    public async Task Without_a_node_and_a_ledger_there_is_nothing_to_ask()
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync("order", "show", "x", "--data", temp.Path)).AssertRefused("BTR-2010", 1);
        (await CliRun.RunAsync("refund", "retry", "--data", temp.Path)).AssertRefused("BTR-2010", 1);
    }

    private static async Task<JsonElement[]> ListAsync(string data, params string[] more)
    {
        CliRun run = await CliRun.RunAsync(["order", "list", "--json", "--data", data, .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return [.. run.Json().EnumerateArray()];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
