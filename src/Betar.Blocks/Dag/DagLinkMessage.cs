using System.Buffers;
using System.Text;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Blocks.Dag;

/// <summary>A link inside a node: hash, name, size, in this order.</summary>
internal static class DagLinkMessage
{
    private const int HashField = 1;
    private const int NameField = 2;
    private const int SizeField = 3;
    private const int BareLength = 34;

    public static void Write(IBufferWriter<byte> output, DagLink link)
    {
        var writer = new ProtoWriter(output);
        writer.WriteBytes(HashField, link.Cid.Bytes.Span);
        writer.WriteString(NameField, link.Name);
        writer.WriteVarint(SizeField, link.Size);
    }

    /// <param name="link">Null when the CID is well formed and nothing can be found by it.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out DagLink? link)
    {
        link = null;
        Cid? cid = null;
        var (last, name, size) = (0, string.Empty, 0ul);
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field <= last || field > SizeField || type != (field == SizeField ? WireType.Varint : WireType.Bytes) || (last == 0 && field != HashField))
                return false;
            last = field;
            if (field == SizeField)
                reader.TryReadVarint(out size);
            else if (!reader.TryReadBytes(out var bytes) || (field == HashField && !TryReadCid(bytes, out cid)))
                return false;
            else if (field == NameField)
                name = Encoding.UTF8.GetString(bytes);
        }

        if (reader.Failed || last == 0)
            return false;
        link = cid is null ? null : new DagLink(cid, name, size);
        return true;
    }

    /// <summary>The CID at the beginning of the bytes; what is behind it is not looked at.</summary>
    private static bool TryReadCid(ReadOnlySpan<byte> bytes, out Cid? cid)
    {
        cid = null;
        if (bytes is [(byte)MultihashCode.Sha2256, 32, _, ..])
            return bytes.Length >= BareLength && Cid.TryDecode(bytes[..BareLength], out cid);
        var at = 0;
        if (!TryReadNumber(bytes, ref at, out var version) || version != 1 || !TryReadNumber(bytes, ref at, out _)
            || !TryReadNumber(bytes, ref at, out _) || !TryReadNumber(bytes, ref at, out var length) || length > (ulong)(bytes.Length - at))
        {
            return false;
        }

        Cid.TryDecode(bytes[..(at + (int)length)], out cid);
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out ulong number)
    {
        if (!Varint.TryRead(bytes[at..], out number, out var read))
            return false;
        at += read;
        return true;
    }
}
