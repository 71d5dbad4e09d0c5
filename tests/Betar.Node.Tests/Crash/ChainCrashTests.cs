using System.Diagnostics;
using Betar.Node.Devnet;
using Betar.Node.Hosting;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.Crash;

/// <summary>The other way round: the chain's process is killed while the seller lives on.</summary>
public sealed class ChainCrashTests
{
    [Fact]
    public async Task A_chain_that_dies_before_settlement_delays_the_sale_and_loses_nothing()
    {
        await using var world = new CrashWorld();
        await using RunningNode node = await world.StartAsync(null);
        await world.Buyer.PrepareAsync(node.Address, node.Agents["math"], "2+2");
        Uri url = await KillChainAsync(world);

        var pending = Assert.IsType<X402Error>(await world.Buyer.PayAsync(node.Address));
        Assert.Equal(StreamErrorCode.SettlementFailed, pending.Code);
        Assert.True(pending.Retryable);

        using Process chain = await RestartChainAsync(world, url);
        await DeliveredOnceAsync(world, node);
    }

    [Fact]
    public async Task A_chain_that_dies_after_its_commit_and_before_its_answer_is_believed_when_it_is_back()
    {
        await using var world = new CrashWorld();
        await using RunningNode node = await world.StartAsync(null);
        await world.Buyer.PrepareAsync(node.Address, node.Agents["math"], "2+2");
        await world.RpcAsync("devnet_setFault", """[{"kind":"dropAnswer","count":1}]""");
        Task<X402Reply?> paying = world.Buyer.PayAsync(node.Address);
        await SettledOnChainAsync(world);
        Uri url = await KillChainAsync(world);
        X402Reply? answer = await paying;
        Assert.True(answer is null or X402Error { Retryable: true }, answer?.ToString());

        using Process chain = await RestartChainAsync(world, url);
        await DeliveredOnceAsync(world, node);
    }

    private static async Task DeliveredOnceAsync(CrashWorld world, RunningNode node)
    {
        var end = Assert.IsType<X402Response>(await world.Buyer.PayToTheEndAsync(node.Address));
        Assert.Equal("4", OutputBody.Decode(end.Body.Span));
        await node.StopAsync();
        await world.HoldsAsync(delivered: 1_000, refunded: 0);
    }

    private static async Task SettledOnChainAsync(CrashWorld world)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await world.BalanceAsync(world.Buyer.Address) == CrashWorld.Funds)
            await pause.WaitForNextTickAsync(patience.Token);
    }

    private static async Task<Uri> KillChainAsync(CrashWorld world)
    {
        DevnetInfo devnet = DevnetInfo.Read(world.Folder)!;
        using Process process = Process.GetProcessById(devnet.ProcessId);
        process.Kill();
        await process.WaitForExitAsync();
        return devnet.Url;
    }

    private static async Task<Process> RestartChainAsync(CrashWorld world, Uri url)
    {
        ProcessStartInfo start = NodeExecutable.Command("chain", "devnet", "--data", world.Data, "--json", "--listen", $"127.0.0.1:{url.Port}");
        start.RedirectStandardOutput = true;
        Process process = Process.Start(start)!;
        Assert.NotNull(await process.StandardOutput.ReadLineAsync());
        return process;
    }
}
