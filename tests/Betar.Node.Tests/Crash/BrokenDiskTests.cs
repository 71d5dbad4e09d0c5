using Betar.Node.Composition;
using Betar.Storage;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Crash;

/// <summary>A node whose store takes no more writes goes down and says why; it does not stay up to refuse everybody.</summary>
public sealed class BrokenDiskTests
{
    [Fact]
    public async Task A_failing_disk_brings_the_node_down_and_nothing_is_lost()
    {
        await using var world = new CrashWorld();
        await using (RunningNode node = await world.StartOnBreakableDiskAsync())
        {
            await world.Buyer.PrepareAsync(node.Address, node.Agents["math"], "2+2");
            world.BreakDisk();
            Assert.IsNotType<X402Response>(await world.Buyer.PayAsync(node.Address));

            (int exitCode, string errors) = await node.GoesDownAsync();
            Assert.Equal(1, exitCode);
            Assert.Contains("BTR-2015", errors, StringComparison.Ordinal);
            Assert.Contains($"The writer of {world.Folder.Database} stopped after an earlier failure; check the disk", errors, StringComparison.Ordinal);
        }

        await using RunningNode again = await world.StartAsync(null);
        X402Reply end = await world.Buyer.PayToTheEndAsync(again.Address);
        Assert.Equal("4", OutputBody.Decode(Assert.IsType<X402Response>(end).Body.Span));
        await again.StopAsync();
    }

    [Fact]
    public async Task Any_of_the_stores_ends_the_wait_with_its_failure()
    {
        var broken = new TaskCompletionSource();
        Task waiting = Uptime.WaitAsync(TimeProvider.System, [new TaskCompletionSource().Task, broken.Task], CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        broken.SetException(new StorageException(StorageFailure.Stopped, "The writer stopped."));
        Assert.Equal(StorageFailure.Stopped, (await Assert.ThrowsAsync<StorageException>(() => waiting)).Failure);
    }

    [Fact]
    public async Task Being_told_to_stop_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        Task waiting = Uptime.WaitAsync(TimeProvider.System, [new TaskCompletionSource().Task], stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
