using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

public sealed class EndpointCircuitTests
{
    readonly ManualTime _time = new();
    readonly EndpointCircuit _circuit;

    public EndpointCircuitTests() => _circuit = new EndpointCircuit(
        new QuorumEndpoint("x", new NoChain()), new QuorumOptions { FailuresToOpen = 2, OpenTime = TimeSpan.FromSeconds(30) }, _time, null);

    [Fact]
    public void After_the_time_one_question_is_tried_and_decides()
    {
        Open();
        Assert.False(_circuit.TryEnter());
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((true, false), (_circuit.TryEnter(), _circuit.TryEnter()));
        _circuit.Fail("m");
        Assert.False(_circuit.TryEnter());
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_circuit.TryEnter());
        _circuit.Succeed("m");

        Assert.Equal((true, true, false), (_circuit.TryEnter(), _circuit.TryEnter(), _circuit.IsOpen));
    }

    [Fact]
    public void A_try_that_nobody_waited_for_is_tried_again()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_circuit.TryEnter());
        _circuit.Leave();

        Assert.True(_circuit.TryEnter());
        Assert.True(_circuit.IsOpen);
    }

    [Fact]
    public void Only_failures_in_a_row_open_it()
    {
        _circuit.Fail("m");
        _circuit.Succeed("m");
        _circuit.Fail("m");
        Assert.False(_circuit.IsOpen);
        _circuit.Fail("m");
        Assert.True(_circuit.IsOpen);
    }

    void Open()
    {
        _circuit.Fail("m");
        _circuit.Fail("m");
        Assert.True(_circuit.IsOpen);
    }
}
