using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Libp2p.PubSub.Wire;

/// <summary>Writes frames: a length and what it says, in as many as are needed so that none is longer than others take.</summary>
internal sealed class RpcWriter(IBufferWriter<byte> output, int maxFrameBytes)
{
    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly ArrayBufferWriter<byte> _entry = new();
    private readonly ArrayBufferWriter<byte> _control = new();

    public void Write(GossipRpc rpc)
    {
        foreach (var change in rpc.Subscriptions)
        {
            var entry = Begin();
            entry.WriteVarint(RpcField.Subscribe, change.Subscribes ? 1UL : 0);
            entry.WriteString(RpcField.SubscribedTopic, change.Topic);
            Put(RpcField.Subscriptions, _entry.WrittenSpan);
        }

        foreach (var message in rpc.Messages)
            Put(RpcField.Publish, message.Raw.Span);
        WriteControl(rpc);
        Flush();
    }

    private void WriteControl(GossipRpc rpc)
    {
        foreach (var have in rpc.Have)
        {
            foreach (var ids in Parts(have.Ids))
            {
                var entry = Begin();
                entry.WriteString(RpcField.Topic, have.Topic);
                foreach (var id in ids)
                    entry.WriteBytes(RpcField.HaveIds, id.Bytes);
                PutControl(RpcField.ControlHave);
            }
        }

        WriteIds(RpcField.ControlWant, rpc.Want);
        foreach (var topic in rpc.Graft)
        {
            Begin().WriteString(RpcField.Topic, topic);
            PutControl(RpcField.ControlGraft);
        }

        foreach (var prune in rpc.Prune)
        {
            var entry = Begin();
            entry.WriteString(RpcField.Topic, prune.Topic);
            foreach (var (id, record) in prune.Offered)
                WriteOffered(entry, id.Span, record.Span);
            if (prune.Backoff is { } backoff)
                entry.WriteVarint(RpcField.PruneBackoff, (ulong)Math.Ceiling(backoff.TotalSeconds));
            PutControl(RpcField.ControlPrune);
        }

        WriteIds(RpcField.ControlDontWant, rpc.DontWant);
        FlushControl();
    }

    private static void WriteOffered(ProtoWriter entry, ReadOnlySpan<byte> id, ReadOnlySpan<byte> record)
    {
        var offered = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(offered);
        writer.WriteBytes(RpcField.OfferedId, id);
        writer.WriteBytes(RpcField.OfferedRecord, record);
        entry.WriteMessage(RpcField.PrunePeers, offered);
    }

    private void WriteIds(int field, List<MessageId> all)
    {
        foreach (var ids in Parts(all))
        {
            var entry = Begin();
            foreach (var id in ids)
                entry.WriteBytes(RpcField.WantIds, id.Bytes);
            PutControl(field);
        }
    }

    private IEnumerable<MessageId[]> Parts(IReadOnlyList<MessageId> ids)
    {
        const int Written = 80;
        return ids.Chunk(Math.Max(1, maxFrameBytes / (2 * Written)));
    }

    private ProtoWriter Begin()
    {
        _entry.ResetWrittenCount();
        return new ProtoWriter(_entry);
    }

    private void PutControl(int field)
    {
        if (_control.WrittenCount + Framed(_entry.WrittenCount) + Framed(0) > maxFrameBytes)
            FlushControl();
        new ProtoWriter(_control).WriteMessage(field, _entry);
    }

    private void FlushControl()
    {
        if (_control.WrittenCount > 0)
            Put(RpcField.Control, _control.WrittenSpan);
        _control.ResetWrittenCount();
    }

    private void Put(int field, ReadOnlySpan<byte> value)
    {
        if (_frame.WrittenCount > 0 && _frame.WrittenCount + Framed(value.Length) > maxFrameBytes)
            Flush();
        new ProtoWriter(_frame).WriteBytes(field, value);
    }

    private void Flush()
    {
        if (_frame.WrittenCount == 0)
            return;
        var length = output.GetSpan(Varint.MaxLength);
        output.Advance(Varint.Write(length, (ulong)_frame.WrittenCount));
        output.Write(_frame.WrittenSpan);
        _frame.ResetWrittenCount();
    }

    /// <summary>With its tag and its length.</summary>
    private static int Framed(int length) => 1 + Varint.Length((ulong)length) + length;
}
