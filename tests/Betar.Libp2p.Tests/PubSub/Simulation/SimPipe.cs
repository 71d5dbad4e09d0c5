using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>One direction between two peers: frames are written and read as on a stream, and come later, in order.</summary>
internal sealed class SimPipe(SimPeer from, SimPeer to, TimeSpan latency) : IOutbox
{
    private static readonly GossipLimitOptions Limits = new();

    public long Bytes { get; private set; }

    public bool TrySend(GossipRpc rpc, bool urgent)
    {
        var output = new ArrayBufferWriter<byte>();
        new RpcWriter(output, Limits.RpcBytes).Write(rpc);
        var bytes = output.WrittenMemory;
        Bytes += bytes.Length;
        from.Network.After(latency, () => Deliver(bytes.Span));
        return true;
    }

    private void Deliver(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Assert.True(Varint.TryRead(bytes, out var length, out var read));
            Assert.True(RpcReader.TryRead(bytes.Slice(read, (int)length), Limits, out var rpc));
            bytes = bytes[(read + (int)length)..];
            to.Receive(from, rpc);
        }
    }
}
