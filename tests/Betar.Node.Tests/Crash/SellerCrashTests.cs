using Betar.Grains.Payments;
using Betar.Node.Tests.Support;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Crash;

/// <summary>The seller is killed at every place between reserve and response while the chain lives on.</summary>
public sealed class SellerCrashTests
{
    private static readonly string[] s_delivering =
    [
        FaultPoint.BeforeReserve, FaultPoint.AfterReserve, FaultPoint.AfterBroadcast, FaultPoint.AfterSettled, FaultPoint.AfterExecute,
        FaultPoint.AfterDelivered,
    ];

    private static readonly string[] s_refunding =
    [
        FaultPoint.AfterRefundOwed, FaultPoint.AfterRefundBroadcast, FaultPoint.AfterRefunded,
    ];

    public static TheoryData<string> WhileDelivering => new(s_delivering);

    public static TheoryData<string> WhileRefunding => new(s_refunding);

    [Fact]
    public void Every_fault_point_is_crashed_at() =>
        Assert.Equal(FaultPoint.All.Order(), s_delivering.Concat(s_refunding).Order());

    [Theory]
    [MemberData(nameof(WhileDelivering))]
    public async Task A_task_that_may_be_repeated_is_delivered_once(string point)
    {
        await using var world = new CrashWorld();
        X402Reply end = await CrashAndAskAgainAsync(world, point, "math", "2+2");
        Assert.Equal("4", OutputBody.Decode(Assert.IsType<X402Response>(end).Body.Span));
        await world.HoldsAsync(delivered: 1_000, refunded: 0);
    }

    [Theory]
    [InlineData(FaultPoint.AfterSettled)]
    [InlineData(FaultPoint.AfterExecute)]
    public async Task A_task_that_may_not_be_repeated_is_refunded_once(string point)
    {
        await using var world = new CrashWorld();
        X402Reply end = await CrashAndAskAgainAsync(world, point, "careful", "2+2");
        Assert.Contains("refunded in 0x", Assert.IsType<X402Error>(end).Message, StringComparison.Ordinal);
        await world.HoldsAsync(delivered: 0, refunded: 2_000);
    }

    [Theory]
    [MemberData(nameof(WhileRefunding))]
    public async Task A_refund_under_way_happens_once(string point)
    {
        await using var world = new CrashWorld();
        X402Reply end = await CrashAndAskAgainAsync(world, point, "math", "1/0");
        Assert.Contains("refunded in 0x", Assert.IsType<X402Error>(end).Message, StringComparison.Ordinal);
        await world.HoldsAsync(delivered: 0, refunded: 1_000);
    }

    private static async Task<X402Reply> CrashAndAskAgainAsync(CrashWorld world, string point, string agent, string input)
    {
        int port;
        await using (RunningNode doomed = await world.StartAsync(point))
        {
            port = doomed.Port;
            await world.Buyer.PrepareAsync(doomed.Address, doomed.Agents[agent], input);
            Assert.Null(await world.Buyer.PayAsync(doomed.Address));
            await doomed.DiesAsync();
        }

        await using RunningNode again = await world.StartAsync(null, port);
        X402Reply end = await world.Buyer.PayToTheEndAsync(again.Address);
        X402Reply repeated = await world.Buyer.PayToTheEndAsync(again.Address);
        Assert.Equal(MessageCodec.Write(end), MessageCodec.Write(repeated));
        CliRun sessions = await CliRun.RunAsync("session", "list", again.Agents[agent].GetProperty("id").GetString()!, "--json", "--data", world.Data);
        Assert.Equal(1, Assert.Single(sessions.Json().EnumerateArray()).GetProperty("total").GetInt32());
        await again.StopAsync();
        return end;
    }
}
