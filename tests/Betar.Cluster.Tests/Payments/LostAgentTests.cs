using Betar.Cluster.Tests.Support;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Nobody is left who could say what became of a task: like a crash, it is done again only where that does no harm.</summary>
public sealed class LostAgentTests
{
    [Theory]
    [InlineData(1, true, true, 1)]
    [InlineData(1, false, false, 0)]
    [InlineData(2, true, false, 0)]
    public async Task The_task_is_tried_once_more_if_it_may_be_and_refunded_otherwise(int silences, bool idempotent, bool delivered, int starts)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        await world.RestartAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Agents.BeSilent(silences);

        X402Reply end = await buyer.PayAsync(payment);

        if (delivered)
            Answers.Delivered(end, "did: work");
        else
            Assert.StartsWith("The seller was interrupted while it worked.", Answers.Refused(end, StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        Assert.Equal(starts, executor.Starts);
        Assert.Equal(Answers.Text(end), Answers.Text(await buyer.PayAsync(payment)));
        await world.AssertTotalsAsync(World.Price, delivered ? World.Price : 0, delivered ? 0 : World.Price);
    }
}
