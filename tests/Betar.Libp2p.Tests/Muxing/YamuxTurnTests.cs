using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>Whoever always has something to do gives way to the others now and then.</summary>
public sealed class YamuxTurnTests
{
    [Fact]
    public void A_peer_that_sends_without_a_pause_is_read_in_turns() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(1L << 30);
        var raw = RawYamux.Create(run, conditions: new() { Capacity = 1 << 30 }, budget: budget);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[YamuxOptions.InitialWindow]);
        var turns = 0;
        for (var before = 0L; before < YamuxOptions.InitialWindow; before = budget.Used)
        {
            await Task.Yield();
            turns += budget.Used > before ? 1 : 0;
        }

        Assert.InRange(turns, 3, 10);
    });
}
