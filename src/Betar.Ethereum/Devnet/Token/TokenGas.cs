namespace Betar.Ethereum.Devnet;

/// <summary>What calls cost, close to what USDC's proxy really takes. Nobody pays it: the gas price is zero.</summary>
internal static class TokenGas
{
    const ulong Base = 21_000;
    const ulong PerZeroByte = 4;
    const ulong PerByte = 16;

    internal const ulong BlockLimit = 300_000_000;

    /// <summary>Below this a node does not even take the transaction.</summary>
    internal static ulong Intrinsic(ReadOnlySpan<byte> data)
    {
        var zeros = (ulong)data.Count((byte)0);
        return Base + zeros * PerZeroByte + ((ulong)data.Length - zeros) * PerByte;
    }

    internal static ulong Needed(TokenCall call, ReadOnlySpan<byte> data) => Intrinsic(data) + call.Method switch
    {
        TokenMethod.None or TokenMethod.Mint => 0UL,
        TokenMethod.TransferWithAuthorization => 65_000,
        TokenMethod.CancelAuthorization => 35_000,
        TokenMethod.Transfer => 40_000,
        _ => 5_000,
    };
}
