namespace Betar.Ethereum;

/// <summary>A signed 256-bit integer as sign and magnitude: carried, compared and printed; nothing here is computed with it.</summary>
public readonly record struct Int256
{
    static readonly UInt256 _half = new(1UL << 63, 0, 0, 0);

    public Int256(bool isNegative, UInt256 magnitude)
    {
        if (magnitude > _half || (magnitude == _half && !isNegative))
            throw new ArgumentOutOfRangeException(nameof(magnitude), "The value does not fit 256 bits with a sign.");
        IsNegative = isNegative && !magnitude.IsZero;
        Magnitude = magnitude;
    }

    public bool IsNegative { get; }

    public UInt256 Magnitude { get; }

    public static implicit operator Int256(long value) => new(value < 0, (ulong)(value < 0 ? -(Int128)value : value));

    /// <summary>Reads the two's complement of exactly 32 bytes.</summary>
    public static Int256 ReadBigEndian(scoped ReadOnlySpan<byte> word)
    {
        if (word.Length != UInt256.Size)
            throw new ArgumentException("Exactly 32 bytes are needed.", nameof(word));
        var bits = UInt256.ReadBigEndian(word);
        return (word[0] & 0x80) == 0 ? new Int256(false, bits) : new Int256(true, UInt256.MaxValue - bits + UInt256.One);
    }

    public void WriteBigEndian(Span<byte> destination) =>
        (IsNegative ? UInt256.MaxValue - Magnitude + UInt256.One : Magnitude).WriteBigEndian(destination);

    public override string ToString() => IsNegative ? "-" + Magnitude : Magnitude.ToString();
}
