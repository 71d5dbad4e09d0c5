namespace Betar.Ethereum.Keys;

/// <summary>The larger half of the values of s is refused: each signature has a twin there.</summary>
internal static class LowS
{
    /// <summary>Half of the curve's order.</summary>
    internal static UInt256 Max { get; } = new(0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x5D576E7357A4501D, 0xDFE92F46681B20A0);
}
