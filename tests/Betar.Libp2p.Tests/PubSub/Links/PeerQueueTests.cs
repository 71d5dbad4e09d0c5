using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Links;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Links;

public sealed class PeerQueueTests
{
    private static readonly IdentityKey Author = IdentityKey.FromEd25519Seed(new byte[32]);
    private readonly LimitMeter _meter = new();

    [Fact]
    [Hits(GossipCap.QueuedRpcs)]
    public void Frames_that_wait()
    {
        var queue = new PeerQueue(new GossipLimitOptions { QueuedRpcs = 2 }, _meter);
        Assert.Equal((true, true, false), (queue.TrySend(Graft("a"), false), queue.TrySend(Graft("b"), true), queue.TrySend(Graft("c"), true)));
        Assert.Equal(1, _meter.Count(GossipCap.QueuedRpcs));
    }

    [Fact]
    [Hits(GossipCap.QueuedBytes)]
    public void Bytes_that_wait_and_control_is_not_counted_among_them()
    {
        var queue = new PeerQueue(new GossipLimitOptions { QueuedBytes = 2500 }, _meter);
        Assert.Equal((true, true, false, true), (queue.TrySend(Message(), false), queue.TrySend(Message(), false), queue.TrySend(Message(), false), queue.TrySend(Graft("a"), false)));
        Assert.Equal(1, _meter.Count(GossipCap.QueuedBytes));
    }

    [Fact]
    public async Task What_was_written_makes_room_and_what_is_urgent_goes_first()
    {
        var queue = new PeerQueue(new GossipLimitOptions { QueuedBytes = 2500, QueuedRpcs = 3 }, _meter);
        queue.TrySend(Message(), false);
        queue.TrySend(Message(), false);
        queue.TrySend(Graft("urgent"), true);
        using var stop = new CancellationTokenSource();
        var stream = new MemoryStream();

        var writing = queue.WriteToAsync(stream, stop.Token);

        Assert.True(queue.TrySend(Message(), false));
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        stream.Position = 0;
        var frames = new RpcFrames(stream, 1 << 20, TimeSpan.FromSeconds(1), TimeProvider.System);
        var read = new List<GossipRpc>();
        while (await frames.ReadAsync(default) is { } frame)
        {
            Assert.True(RpcReader.TryRead(frame.Span, new GossipLimitOptions(), out var rpc));
            read.Add(rpc);
        }

        Assert.Equal(["urgent"], read[0].Graft);
        Assert.Equal(3, read.Sum(rpc => rpc.Messages.Count));
    }

    private static GossipRpc Graft(string topic)
    {
        var rpc = new GossipRpc();
        rpc.Graft.Add(topic);
        return rpc;
    }

    private static GossipRpc Message()
    {
        var rpc = new GossipRpc();
        rpc.Messages.Add(WireMessage.Sign(Author, "t", 1, new byte[1000]));
        return rpc;
    }
}
