namespace Betar.Ethereum;

/// <summary>Fields that all kinds of transactions write and read the same way.</summary>
internal static class TransactionFields
{
    internal static void Write(RlpWriter writer, Address? to)
    {
        if (to is { } address)
            writer.Write(address);
        else
            writer.Write(ReadOnlySpan<byte>.Empty);
    }

    internal static void Write(RlpWriter writer, ReadOnlySpan<byte> rs)
    {
        writer.Write(UInt256.ReadBigEndian(rs[..32]));
        writer.Write(UInt256.ReadBigEndian(rs[32..64]));
    }

    /// <summary>Null creates a contract.</summary>
    internal static bool TryReadTo(ref RlpReader fields, out Address? to)
    {
        to = null;
        if (!fields.TryReadString(out var bytes) || (bytes.Length != 0 && bytes.Length != Address.Size))
            return false;
        if (!bytes.IsEmpty)
            to = new Address(bytes);
        return true;
    }

    internal static bool TryReadRs(ref RlpReader fields, out byte[] rs)
    {
        rs = [];
        if (!fields.TryReadUInt256(out var r) || !fields.TryReadUInt256(out var s))
            return false;
        rs = new byte[2 * UInt256.Size];
        r.WriteBigEndian(rs);
        s.WriteBigEndian(rs.AsSpan(UInt256.Size));
        return true;
    }

    /// <summary>A part of the bytes that stays where it is: copying it would double what a held transaction costs.</summary>
    internal static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> whole, ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
            return default;
        whole.Span.Overlaps(part, out var offset);
        return whole.Slice(offset, part.Length);
    }
}
