namespace Betar.Ethereum;

/// <summary>Addresses as indexed event arguments: 32 bytes, the first twelve zero.</summary>
internal static class TokenTopics
{
    internal static Hash32 FromAddress(Address address)
    {
        Span<byte> word = stackalloc byte[Hash32.Size];
        word.Clear();
        address.CopyTo(word[(Hash32.Size - Address.Size)..]);
        return new Hash32(word);
    }

    internal static bool TryReadAddress(Hash32 topic, out Address address)
    {
        Span<byte> word = stackalloc byte[Hash32.Size];
        topic.CopyTo(word);
        return new AbiReader(word).TryReadAddress(out address);
    }
}
