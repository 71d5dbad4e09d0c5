namespace Betar.Libp2p.Multiformats;

/// <summary>Hash codes of bytes that strangers choose: seeded for each process.</summary>
internal static class BytesHash
{
    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
