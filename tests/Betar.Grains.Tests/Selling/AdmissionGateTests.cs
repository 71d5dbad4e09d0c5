using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Selling;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Selling;

public sealed class AdmissionGateTests
{
    private static readonly AgentSpec s_spec = Samples.Spec with { MaxConcurrency = 2, MaxQueue = 1 };

    [Fact]
    public void There_is_room_for_what_runs_and_what_waits()
    {
        var gate = new AdmissionGate();

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => gate.Enter(s_spec)));
    }

    [Fact]
    public void Every_entry_counts_until_it_leaves_also_one_without_room()
    {
        var gate = new AdmissionGate();
        for (int i = 0; i < 4; i++)
            gate.Enter(s_spec);

        gate.Leave(s_spec);
        Assert.False(gate.Enter(s_spec));
        gate.Leave(s_spec);
        gate.Leave(s_spec);
        Assert.True(gate.Enter(s_spec));
    }

    [Fact]
    public void It_is_full_when_one_more_would_find_no_room()
    {
        var gate = new AdmissionGate();
        Assert.False(gate.IsFull(s_spec));
        gate.Enter(s_spec);
        gate.Enter(s_spec);
        Assert.False(gate.IsFull(s_spec));
        gate.Enter(s_spec);
        Assert.True(gate.IsFull(s_spec));
        gate.Leave(s_spec);
        Assert.False(gate.IsFull(s_spec));
    }

    [Fact]
    public void Agents_do_not_take_each_others_room()
    {
        var gate = new AdmissionGate();
        for (int i = 0; i < 4; i++)
            gate.Enter(s_spec);

        Assert.True(gate.Enter(s_spec with { AgentId = "did:test:other" }));
    }

    [Fact]
    public void The_limit_is_that_of_the_spec_of_now()
    {
        var gate = new AdmissionGate();
        for (int i = 0; i < 4; i++)
            gate.Enter(s_spec);

        Assert.True(gate.Enter(s_spec with { MaxQueue = 3 }));
    }

    [Fact]
    public void Nothing_is_lost_between_threads()
    {
        var gate = new AdmissionGate();
        Parallel.For(0, 10_000, _ =>
        {
            gate.Enter(s_spec);
            gate.Leave(s_spec);
        });

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => gate.Enter(s_spec)));
    }
}
