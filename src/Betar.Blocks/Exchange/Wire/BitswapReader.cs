using System.Diagnostics.CodeAnalysis;
using Betar.Blocks.Dag;
using Betar.Blocks.Diagnostics;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Blocks.Exchange.Wire;

/// <summary>
/// Reads a message of a stranger. What is no protobuf message is refused as a whole; single parts that cannot be meant for us (a name that is none or
/// too long, a block that is too large) are left out and counted, and so is what is beyond the number of parts.
/// </summary>
internal ref struct BitswapReader(ReadOnlyMemory<byte> bytes, BitswapOptions options, BlocksMeter meter)
{
    private readonly List<WantEntry> _wants = [];
    private readonly List<BlockPayload> _blocks = [];
    private readonly List<BlockPresence> _presences = [];
    private bool _full;
    private int _parts;

    public static bool TryRead(ReadOnlyMemory<byte> bytes, BitswapOptions options, BlocksMeter meter, [NotNullWhen(true)] out BitswapMessage? message) =>
        new BitswapReader(bytes, options, meter).TryRead(out message);

    private bool TryRead([NotNullWhen(true)] out BitswapMessage? message)
    {
        message = null;
        var pending = 0ul;
        var reader = new ProtoReader(bytes.Span);
        while (reader.TryReadTag(out var field, out var type))
        {
            var good = (field, type) switch
            {
                (BitswapField.Wantlist, WireType.Bytes) => reader.TryReadBytes(out var part) && TryReadList(part),
                (BitswapField.Blocks, WireType.Bytes) => reader.TryReadBytes(out var part) && Add(new BlockPayload(default, DagPb.Slice(bytes, part))),
                (BitswapField.Payload, WireType.Bytes) => reader.TryReadBytes(out var part) && TryReadPayload(part),
                (BitswapField.Presences, WireType.Bytes) => reader.TryReadBytes(out var part) && TryReadPresence(part),
                (BitswapField.PendingBytes, WireType.Varint) => reader.TryReadVarint(out pending),
                ( >= BitswapField.Wantlist and <= BitswapField.PendingBytes, _) => reader.Fail(),
                _ => reader.TrySkip(type),
            };
            if (!good)
                return false;
        }

        if (reader.Failed)
            return false;
        message = new BitswapMessage
        {
            Wants = _wants, Full = _full, Blocks = _blocks, Presences = _presences, PendingBytes = (int)Math.Min(pending, int.MaxValue),
        };
        return true;
    }

    private bool TryReadList(ReadOnlySpan<byte> list)
    {
        var reader = new ProtoReader(list);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == BitswapField.ListEntries && type == WireType.Bytes)
            {
                if (!reader.TryReadBytes(out var entry) || !TryReadEntry(entry))
                    return false;
            }
            else if (field == BitswapField.ListFull && type == WireType.Varint)
            {
                reader.TryReadVarint(out var full);
                _full = full != 0;
            }
            else
            {
                reader.TrySkip(type);
            }
        }

        return !reader.Failed;
    }

    private bool TryReadEntry(ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<byte> name = default;
        ulong priority = 0, cancel = 0, kind = 0, sendDontHave = 0;
        var reader = new ProtoReader(entry);
        while (reader.TryReadTag(out var field, out var type))
        {
            _ = (field, type) switch
            {
                (BitswapField.EntryCid, WireType.Bytes) => reader.TryReadBytes(out name),
                (BitswapField.EntryPriority, WireType.Varint) => reader.TryReadVarint(out priority),
                (BitswapField.EntryCancel, WireType.Varint) => reader.TryReadVarint(out cancel),
                (BitswapField.EntryType, WireType.Varint) => reader.TryReadVarint(out kind),
                (BitswapField.EntrySendDontHave, WireType.Varint) => reader.TryReadVarint(out sendDontHave),
                _ => reader.TrySkip(type),
            };
        }

        if (reader.Failed)
            return false;
        if (IsOneMore() && TryReadCid(name, out var cid))
            _wants.Add(new WantEntry(cid, kind == (ulong)WantType.Have ? WantType.Have : WantType.Block, sendDontHave != 0, unchecked((int)priority), cancel != 0));
        return true;
    }

    private bool TryReadPayload(ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> prefix = default, data = default;
        var reader = new ProtoReader(payload);
        while (reader.TryReadTag(out var field, out var type))
        {
            _ = (field, type) switch
            {
                (BitswapField.PayloadPrefix, WireType.Bytes) => reader.TryReadBytes(out prefix),
                (BitswapField.PayloadData, WireType.Bytes) => reader.TryReadBytes(out data),
                _ => reader.TrySkip(type),
            };
        }

        if (reader.Failed)
            return false;
        if (prefix.Length is 0 or > CidPrefix.MaxLength)
            meter.Hit(BlocksLimit.BadName);
        else
            Add(new BlockPayload(DagPb.Slice(bytes, prefix), DagPb.Slice(bytes, data)));
        return true;
    }

    private bool TryReadPresence(ReadOnlySpan<byte> presence)
    {
        ReadOnlySpan<byte> name = default;
        var kind = 0ul;
        var reader = new ProtoReader(presence);
        while (reader.TryReadTag(out var field, out var type))
        {
            _ = (field, type) switch
            {
                (BitswapField.PresenceCid, WireType.Bytes) => reader.TryReadBytes(out name),
                (BitswapField.PresenceType, WireType.Varint) => reader.TryReadVarint(out kind),
                _ => reader.TrySkip(type),
            };
        }

        if (reader.Failed)
            return false;
        if (IsOneMore() && TryReadCid(name, out var cid))
            _presences.Add(new BlockPresence(cid, kind == 0));
        return true;
    }

    private bool Add(BlockPayload payload)
    {
        if (payload.Data.Length > options.MaxBlockBytes)
            meter.Hit(BlocksLimit.BlockBytes);
        else if (IsOneMore())
            _blocks.Add(payload);
        return true;
    }

    private readonly bool TryReadCid(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (name.Length <= options.MaxCidBytes && Cid.TryDecode(name, out cid))
            return true;
        meter.Hit(name.Length > options.MaxCidBytes ? BlocksLimit.CidBytes : BlocksLimit.BadName);
        return false;
    }

    private bool IsOneMore()
    {
        if (_parts++ < options.MaxPartsPerMessage)
            return true;
        meter.Hit(BlocksLimit.PartsPerMessage);
        return false;
    }
}
