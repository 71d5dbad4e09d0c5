using Orleans.Runtime;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Messaging;

/// <summary>What arrives and cannot be read fails the call that it is about, at once and with the reason.</summary>
public sealed class UnreadableMessageTests
{
    private readonly MoodyLink _link = new();

    [Fact]
    public void A_result_that_cannot_be_read_fails_its_call() => Run(async sim =>
    {
        _link.Spoiled = MessageKind.Result;
        await AssertUnreadable(sim, () => sim.Probe("a").Add(1));
        _link.Spoiled = null;
        Assert.Equal(1, await sim.Probe("a").Add(0));
    });

    [Fact]
    public void A_failure_that_cannot_be_read_is_another_failure() => Run(async sim =>
    {
        _link.Spoiled = MessageKind.Failure;
        await AssertUnreadable(sim, () => sim.Probe("a").Fail("nobody reads this"));
    });

    [Fact]
    public void A_request_that_cannot_be_read_is_answered() => Run(async sim =>
    {
        _link.Spoiled = MessageKind.Request;
        var start = sim.Now;
        await Assert.ThrowsAnyAsync<Exception>(() => sim.Probe("a").Add(1));
        Assert.Equal(start, sim.Now);
        _link.Spoiled = null;
        Assert.Equal(0, await sim.Probe("a").Add(0));
    });

    [Fact]
    public void A_one_way_call_that_cannot_be_read_harms_nobody() => Run(async sim =>
    {
        _link.Spoiled = MessageKind.OneWay;
        await sim.Probe("a").Note("lost");
        await sim.Pass(1);
        Assert.Empty(sim.Journal.Lines);
        Assert.Equal(0, await sim.Probe("a").Add(0));
    });

    private static async Task AssertUnreadable(Sim sim, Func<Task> call)
    {
        var start = sim.Now;
        await Assert.ThrowsAnyAsync<SerializerException>(call);
        Assert.Equal(start, sim.Now);
    }

    private void Run(Func<Sim, Task> body) => Sim.Run(1, body, link: _link);
}
