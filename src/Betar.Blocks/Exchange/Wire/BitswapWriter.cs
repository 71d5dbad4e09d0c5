using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Blocks.Exchange.Wire;

/// <summary>Writes a message behind its length, for the version that the peer speaks. Large blocks are not copied.</summary>
internal sealed class BitswapWriter
{
    private const int CopiedBytes = 4096;

    private readonly ArrayBufferWriter<byte> _part = new();
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private ArrayBufferWriter<byte> _run = new();

    private BitswapWriter()
    {
    }

    /// <summary>The pieces in their order, length first.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(BitswapMessage message, string protocol)
    {
        var writer = new BitswapWriter();
        writer.Add(message, protocol);
        writer.EndRun();
        var length = new byte[Varint.MaxLength];
        var used = Varint.Write(length, (ulong)writer._pieces.Sum(piece => (long)piece.Length));
        return [length.AsMemory(0, used), .. writer._pieces];
    }

    private void Add(BitswapMessage message, string protocol)
    {
        if (message.Wants.Count > 0 || message.Full)
            AddList(message, BitswapProtocol.HasPresences(protocol));
        foreach (var block in message.Blocks)
            AddBlock(block, BitswapProtocol.HasPrefixes(protocol));
        if (!BitswapProtocol.HasPresences(protocol))
            return;
        foreach (var presence in message.Presences)
            AddPresence(presence);
        if (message.PendingBytes > 0)
            new ProtoWriter(_run).WriteVarint(BitswapField.PendingBytes, (ulong)message.PendingBytes);
    }

    private void AddList(BitswapMessage message, bool presences)
    {
        var list = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(list);
        foreach (var want in message.Wants)
        {
            _part.ResetWrittenCount();
            var entry = new ProtoWriter(_part);
            entry.WriteBytes(BitswapField.EntryCid, want.Cid.Bytes.Span);
            if (want.Priority != 0)
                entry.WriteVarint(BitswapField.EntryPriority, unchecked((ulong)want.Priority));
            if (want.Cancel)
                entry.WriteVarint(BitswapField.EntryCancel, 1);
            // Who does not know the question gets a want for the block.
            if (presences && want.Type != WantType.Block)
                entry.WriteVarint(BitswapField.EntryType, (ulong)want.Type);
            if (presences && want.SendDontHave && !want.Cancel)
                entry.WriteVarint(BitswapField.EntrySendDontHave, 1);
            writer.WriteMessage(BitswapField.ListEntries, _part);
        }

        if (message.Full)
            writer.WriteVarint(BitswapField.ListFull, 1);
        new ProtoWriter(_run).WriteMessage(BitswapField.Wantlist, list);
    }

    private void AddBlock(BlockPayload block, bool prefixes)
    {
        // The head of the last field, without its bytes, which follow as a piece of their own when they are many.
        if (prefixes)
        {
            _part.ResetWrittenCount();
            new ProtoWriter(_part).WriteBytes(BitswapField.PayloadPrefix, block.Prefix.Span);
            AddHead(_part, BitswapField.PayloadData, block.Data.Length);
            AddHead(_run, BitswapField.Payload, _part.WrittenCount + block.Data.Length);
            _run.Write(_part.WrittenSpan);
        }
        else
        {
            AddHead(_run, BitswapField.Blocks, block.Data.Length);
        }

        if (block.Data.Length <= CopiedBytes)
        {
            _run.Write(block.Data.Span);
            return;
        }

        EndRun();
        _pieces.Add(block.Data);
    }

    private void AddPresence(BlockPresence presence)
    {
        _part.ResetWrittenCount();
        var writer = new ProtoWriter(_part);
        writer.WriteBytes(BitswapField.PresenceCid, presence.Cid.Bytes.Span);
        if (!presence.IsHere)
            writer.WriteVarint(BitswapField.PresenceType, 1);
        new ProtoWriter(_run).WriteMessage(BitswapField.Presences, _part);
    }

    private static void AddHead(ArrayBufferWriter<byte> output, int field, int length)
    {
        var span = output.GetSpan(2 * Varint.MaxLength);
        var used = Varint.Write(span, ((ulong)field << 3) | (ulong)WireType.Bytes);
        used += Varint.Write(span[used..], (ulong)length);
        output.Advance(used);
    }

    private void EndRun()
    {
        if (_run.WrittenCount == 0)
            return;
        _pieces.Add(_run.WrittenMemory);
        _run = new ArrayBufferWriter<byte>();
    }
}
