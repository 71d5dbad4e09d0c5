using Betar.Node.Tests.Crash;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.EndToEnd;

/// <summary>The real executable on a disk without room: nobody is charged for what could not be written down, and it goes on by itself once there is room.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_takes_no_money_and_the_same_payment_is_good_once_there_is_room()
    {
        await using var world = new CrashWorld();
        await using RunningNode node = await world.StartOnSmallDiskAsync();
        await world.Buyer.PrepareAsync(node.Address, node.Agents["math"], "2+2");
        world.FillDisk();

        Assert.IsNotType<X402Response>(await world.Buyer.PayAsync(node.Address));
        Assert.Equal(CrashWorld.Funds, await world.BalanceAsync(world.Buyer.Address));

        world.FreeDisk();
        X402Reply end = await world.Buyer.PayToTheEndAsync(node.Address);
        Assert.Equal("4", OutputBody.Decode(Assert.IsType<X402Response>(end).Body.Span));
        await node.StopAsync();
        await world.HoldsAsync(delivered: 1_000, refunded: 0);
    }
}
