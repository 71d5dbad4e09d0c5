using Betar.Agents.Tests.Support;
using Betar.Node.Tests.Crash;
using Betar.X402.Protocol;

namespace Betar.Node.Tests.EndToEnd;

/// <summary>The real executable is told to stop (SIGTERM) in the middle of work that somebody has paid for.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nobody_gets_a_quote_any_more_and_paid_work_is_finished_and_answered()
    {
        TaskCompletionSource begun = new(), release = new();
        await using var slow = new LoopbackServer(async asked =>
        {
            begun.SetResult();
            await release.Task;
            await asked.AnswerAsync(200, """{"output":"done"}""");
        });
        await using var world = new CrashWorld();
        await File.WriteAllTextAsync(Path.Combine(world.Data, "agents.yaml"), $"agents:\n  - name: slow\n    price: 0.001\n    executor: {{ http: {{ url: '{slow.Url}', allowPrivate: true }} }}\n");
        await using RunningNode node = await world.StartAsync(null);
        await using var late = new CrashBuyer();
        Assert.IsType<PaymentRequired>(await late.QuoteAsync(node.Address, node.Agents["slow"], "x", "before"));
        await world.Buyer.PrepareAsync(node.Address, node.Agents["slow"], "x");
        Task<X402Reply?> paid = world.Buyer.PayAsync(node.Address);
        await begun.Task.WaitAsync(s_patience);

        Task stopping = node.StopAsync();
        using var patience = new CancellationTokenSource(s_patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await late.QuoteAsync(node.Address, node.Agents["slow"], "x", "after") is PaymentRequired)
            await pause.WaitForNextTickAsync(patience.Token);
        Assert.False(stopping.IsCompleted);
        release.SetResult();

        Assert.Equal("done", OutputBody.Decode(Assert.IsType<X402Response>(await paid).Body.Span));
        await stopping;
        await world.HoldsAsync(delivered: 1_000, refunded: 0);
    }
}
