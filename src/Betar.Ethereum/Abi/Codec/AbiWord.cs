namespace Betar.Ethereum;

/// <summary>The types that take one word: what fits them, and how it stands there.</summary>
internal static class AbiWord
{
    const int Size = AbiWriter.WordSize;

    internal static void Write(AbiType type, object value, Span<byte> word)
    {
        word.Clear();
        switch (type.Kind, value)
        {
            case (AbiKind.Address, Address address):
                address.CopyTo(word[(Size - Address.Size)..]);
                break;
            case (AbiKind.Bool, bool flag):
                word[Size - 1] = flag ? (byte)1 : (byte)0;
                break;
            case (AbiKind.UnsignedInteger, UInt256 number):
                number.WriteBigEndian(word);
                break;
            case (AbiKind.SignedInteger, Int256 number):
                number.WriteBigEndian(word);
                break;
            case (AbiKind.FixedBytes, byte[] bytes) when bytes.Length == type.Size:
                bytes.CopyTo(word);
                break;
            default:
                throw new ArgumentException($"A {value?.GetType().Name ?? "null"} is no {type}.", nameof(value));
        }

        if (!Fits(type, word))
            throw new ArgumentException($"The value does not fit {type}.", nameof(value));
    }

    /// <summary>False for a word that no value of the type gives: Solidity refuses those too.</summary>
    internal static bool TryRead(AbiType type, ReadOnlySpan<byte> word, out object value)
    {
        var fits = Fits(type, word);
        value = !fits ? false : type.Kind switch
        {
            AbiKind.Address => new Address(word[(Size - Address.Size)..]),
            AbiKind.Bool => word[Size - 1] == 1,
            AbiKind.UnsignedInteger => UInt256.ReadBigEndian(word),
            AbiKind.SignedInteger => Int256.ReadBigEndian(word),
            _ => word[..type.Size].ToArray(),
        };
        return fits;
    }

    static bool Fits(AbiType type, ReadOnlySpan<byte> word) => type.Kind switch
    {
        AbiKind.Address => !word[..(Size - Address.Size)].ContainsAnyExcept((byte)0),
        AbiKind.Bool => !word[..(Size - 1)].ContainsAnyExcept((byte)0) && word[Size - 1] <= 1,
        AbiKind.UnsignedInteger => !word[..(Size - type.Size / 8)].ContainsAnyExcept((byte)0),
        AbiKind.SignedInteger => !word[..(Size - type.Size / 8)].ContainsAnyExcept((word[Size - type.Size / 8] & 0x80) == 0 ? (byte)0 : (byte)0xff),
        _ => !word[type.Size..].ContainsAnyExcept((byte)0),
    };
}
