using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>A nonce that a contract of permits keeps as one bit of many.</summary>
public sealed record PermitUse(Address Contract, Address Owner, UInt256 Nonce)
{
    private static readonly AbiType Number = AbiType.Parse("uint256");
    private static readonly AbiFunction Bitmap = new(
        "nonceBitmap", [new AbiParameter("owner", AbiType.Parse("address")), new AbiParameter("word", Number)], [new AbiParameter("", Number)]);

    /// <summary>Whether it was used or given up; the contract does not say for what.</summary>
    public async Task<RpcOutcome<bool>> IsUsedAsync(IChainClient chain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chain);

        // The upper 248 bits of the number say which word, the lower 8 which bit.
        var word = UInt256.DivRem(Nonce, 256, out var bit);
        var answer = await chain.CallAsync(new CallRequest(Contract, Bitmap.Encode(Owner, word)), cancellationToken);
        return !answer.TryGetValue(out var bytes) ? answer.As<bool>()
            : Bitmap.TryDecodeResult(bytes, out var values) ? RpcOutcome.Value(IsSet((UInt256)values[0], (int)bit))
            : RpcOutcome.InvalidResponse<bool>("it is no contract of permits");
    }

    private static bool IsSet(UInt256 bitmap, int bit)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        bitmap.WriteBigEndian(bytes);
        return (bytes[UInt256.Size - 1 - (bit / 8)] >> (bit % 8) & 1) == 1;
    }
}
