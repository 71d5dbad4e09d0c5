using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>Takes foreign bytes apart and recovers who signed them.</summary>
internal static class LegacyDecoder
{
    internal const ulong MaxChainId = 1UL << 62;

    /// <summary>EIP-155: v is this, twice the chain's id and the parity.</summary>
    internal const ulong FirstV = 35;

    internal static bool TryDecode(ReadOnlyMemory<byte> raw, out SignedLegacyTransaction? transaction, out string? fault)
    {
        transaction = null;
        fault = Parse(raw, out var parsed, out var signature, out var parity);
        if (fault is not null)
            return false;
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(parsed!.EncodeUnsigned(), hash);
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        if (!Secp256k1.TryRecover(hash, signature, parity, publicKey))
        {
            fault = Eip1559Decoder.BadSignature;
            return false;
        }

        Keccak256.Hash(raw.Span, hash);
        transaction = new SignedLegacyTransaction(parsed, raw, new Hash32(hash), Address.FromPublicKey(publicKey));
        return true;
    }

    static string? Parse(ReadOnlyMemory<byte> memory, out LegacyTransaction? parsed, out byte[] signature, out int parity)
    {
        parsed = null;
        signature = [];
        parity = 0;
        if (memory.Length > Eip1559Decoder.MaxRawBytes)
            return "transaction too large";
        var outer = new RlpReader(memory.Span);
        if (!outer.IsList)
            return "transaction type not supported: not a legacy transaction";
        if (!outer.TryReadList(out var fields) || !outer.IsAtEnd)
            return "rlp: not exactly one list";
        if (!fields.TryReadUInt64(out var nonce) || !fields.TryReadUInt256(out var price) || !fields.TryReadUInt64(out var gasLimit))
            return "rlp: a number is malformed or too large";
        if (!TransactionFields.TryReadTo(ref fields, out var to))
            return "rlp: the recipient is no address";
        if (!fields.TryReadUInt256(out var value) || !fields.TryReadString(out var data))
            return "rlp: value or data is malformed";
        if (!fields.TryReadUInt64(out var v) || !TransactionFields.TryReadRs(ref fields, out signature) || !fields.IsAtEnd)
            return "rlp: the signature is malformed";
        if (v is 27 or 28)
            return "a signature that is good on every chain is not accepted";
        if (v < FirstV + 2 || v > 2 * MaxChainId + FirstV + 1)
            return "invalid transaction v, r, s values";
        parity = (int)((v - FirstV) & 1);
        parsed = new LegacyTransaction
        {
            ChainId = (v - FirstV) / 2,
            Nonce = nonce,
            GasPrice = price,
            GasLimit = gasLimit,
            To = to,
            Value = value,
            Data = TransactionFields.Slice(memory, data),
        };
        return null;
    }
}
