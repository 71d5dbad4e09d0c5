using System.Buffers;
using Betar.Libp2p.Buffers;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Links;

/// <summary>Frames that wait for one peer. What finds no room is dropped: a slow peer must not make others wait, and hears of it by gossip.</summary>
internal sealed class PeerQueue(GossipLimitOptions limits, LimitMeter meter) : IOutbox
{
    private const int WriteSize = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<GossipRpc> _urgent = [];
    private readonly Queue<GossipRpc> _waiting = [];
    private readonly AsyncSignal _signal = new();
    private long _bytes;

    public bool TrySend(GossipRpc rpc, bool urgent)
    {
        var bytes = BytesOf(rpc);
        lock (_lock)
        {
            if (_urgent.Count + _waiting.Count >= limits.QueuedRpcs)
            {
                meter.Hit(GossipCap.QueuedRpcs);
                return false;
            }

            if (bytes > 0 && _bytes + bytes > limits.QueuedBytes)
            {
                meter.Hit(GossipCap.QueuedBytes);
                return false;
            }

            _bytes += bytes;
            (urgent ? _urgent : _waiting).Enqueue(rpc);
        }

        _signal.Set();
        return true;
    }

    /// <summary>Writes what waits until the stream breaks.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new RpcWriter(output, limits.RpcBytes);
        while (true)
        {
            while (output.WrittenCount < WriteSize && TryTake() is { } rpc)
                writer.Write(rpc);
            if (output.WrittenCount == 0)
            {
                await _signal.WaitAsync(cancellationToken);
                continue;
            }

            await stream.WriteAsync(output.WrittenMemory, cancellationToken);
            output.ResetWrittenCount();
        }
    }

    private static long BytesOf(GossipRpc rpc)
    {
        var bytes = 0L;
        foreach (var message in rpc.Messages)
            bytes += message.Raw.Length;
        return bytes;
    }

    private GossipRpc? TryTake()
    {
        lock (_lock)
        {
            if (!_urgent.TryDequeue(out var rpc) && !_waiting.TryDequeue(out rpc))
                return null;
            _bytes -= BytesOf(rpc);
            return rpc;
        }
    }
}
