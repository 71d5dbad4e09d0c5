using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Messaging;

public sealed class InProcessLinkTests
{
    private readonly InProcessLink _link = new();
    private readonly SiloAddress _here = Silos.Address(1);
    private readonly SiloAddress _there = Silos.Address(2);

    [Fact]
    public void A_message_arrives_with_its_sender_before_the_sending_returns()
    {
        var end = new End();
        _link.Open(_there, end);
        Assert.True(_link.Send(_here, _there, new byte[] { 1, 2, 3 }));
        Assert.Equal([$"{_here}: 010203"], end.Received);
    }

    [Fact]
    public void Nobody_is_there_before_the_end_is_opened() => Assert.False(_link.Send(_here, _there, new byte[] { 1 }));

    [Fact]
    public void Nobody_is_there_after_the_end_was_closed()
    {
        var end = new End();
        _link.Open(_there, end);
        _link.Close(_there);
        Assert.False(_link.Send(_here, _there, new byte[] { 1 }));
        Assert.Empty(end.Received);
    }

    [Fact]
    public void Closing_one_end_leaves_the_others()
    {
        var end = new End();
        _link.Open(_here, new End());
        _link.Open(_there, end);
        _link.Close(_here);
        Assert.True(_link.Send(_here, _there, new byte[] { 1 }));
        Assert.Single(end.Received);
    }

    [Fact]
    public void Closing_what_was_never_open_harms_nobody()
    {
        _link.Close(_here);
        Assert.False(_link.Send(_there, _here, ReadOnlyMemory<byte>.Empty));
    }

    private sealed class End : ILinkReceiver
    {
        public List<string> Received { get; } = [];

        public void Receive(SiloAddress from, ReadOnlyMemory<byte> message) => Received.Add($"{from}: {Convert.ToHexString(message.Span)}");
    }
}
