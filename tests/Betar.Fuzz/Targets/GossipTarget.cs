using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Fuzz.Targets;

/// <summary>Frames of GossipSub: what was read is within the limits, and written and read again it is the same.</summary>
internal sealed class GossipTarget : IFuzzTarget
{
    private static readonly GossipLimitOptions Limits = new() { MessagesPerRpc = 8, EntriesPerRpc = 16, IdsPerRpc = 32, TopicNameBytes = 24 };

    public string Name => "gossip";

    public long MemoryBound(int length) => (256 * 1024) + (256L * length);

    public bool Take(byte[] input)
    {
        if (!RpcReader.TryRead(input, Limits, out var rpc))
            return false;
        FuzzException.Unless(rpc.Messages.Count <= Limits.MessagesPerRpc, "too many messages");
        FuzzException.Unless(rpc.Subscriptions.Count + rpc.Graft.Count + rpc.Prune.Count + rpc.Have.Count <= Limits.EntriesPerRpc, "too many entries");
        FuzzException.Unless(rpc.Want.Count + rpc.DontWant.Count + rpc.Have.Sum(have => have.Ids.Count) <= Limits.IdsPerRpc, "too many names");
        FuzzException.Unless(rpc.Prune.All(prune => prune.Offered.Count <= Limits.OfferedPeers), "too many peers in one PRUNE");
        foreach (var message in rpc.Messages)
        {
            FuzzException.Unless(input.AsSpan().IndexOf(message.Raw.Span) >= 0 || message.Raw.IsEmpty, "a message whose bytes are not those that came");
            FuzzException.Unless(!message.Verify() || (message.Fault == MessageFault.None && message.Id.Names(message.Author)), "a right message that cannot be");
        }

        var written = Write(rpc);
        FuzzException.Unless(written.Length == 0 || RpcReader.TryRead(written, Limits, out _), "what was written cannot be read");
        if (written.Length > 0 && RpcReader.TryRead(written, Limits, out var again))
            FuzzException.Unless(Write(again).AsSpan().SequenceEqual(written), "what was read again is something else");
        return true;
    }

    /// <summary>One frame, without its length.</summary>
    private static byte[] Write(GossipRpc rpc)
    {
        var output = new ArrayBufferWriter<byte>();
        new RpcWriter(output, int.MaxValue / 2).Write(rpc);
        if (output.WrittenCount == 0)
            return [];
        FuzzException.Unless(Varint.TryRead(output.WrittenSpan, out var length, out var read) && (int)length == output.WrittenCount - read, "the length of a frame");
        return output.WrittenSpan[read..].ToArray();
    }
}
