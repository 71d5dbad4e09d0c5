using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>Takes foreign bytes apart. Parsing is cheap; recovering the sender is not, so the two are apart.</summary>
internal static class Eip1559Decoder
{
    /// <summary>As other nodes do; larger ones are refused before anything is copied.</summary>
    internal const int MaxRawBytes = 128 * 1024;

    internal const string BadSignature = "invalid sender: the signature does not recover";

    internal static bool TryParse(ReadOnlyMemory<byte> raw, out ParsedTransaction? parsed, out string? fault)
    {
        fault = Parse(raw, out parsed);
        return fault is null;
    }

    internal static SignedTransaction? TryRecover(ParsedTransaction parsed)
    {
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(parsed.Transaction.EncodeUnsigned(), hash);
        Span<byte> publicKey = stackalloc byte[Eip1559Transaction.PublicKeySize];
        return Secp256k1.TryRecover(hash, parsed.Signature, parsed.RecoveryId, publicKey)
            ? WithSender(parsed, Address.FromPublicKey(publicKey))
            : null;
    }

    /// <summary>For a transaction from our own log, whose signature was checked before it was written.</summary>
    internal static SignedTransaction WithSender(ParsedTransaction parsed, Address sender)
    {
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(parsed.Raw.Span, hash);
        return new SignedTransaction(parsed.Transaction, parsed.Raw, new Hash32(hash), sender);
    }

    static string? Parse(ReadOnlyMemory<byte> memory, out ParsedTransaction? parsed)
    {
        parsed = null;
        var raw = memory.Span;
        if (raw.Length > MaxRawBytes)
            return "transaction too large";
        if (raw.IsEmpty || raw[0] != Eip1559Transaction.Type)
            return "transaction type not supported: only type 2 (EIP-1559) is accepted";

        var outer = new RlpReader(raw[1..]);
        if (!outer.TryReadList(out var fields) || !outer.IsAtEnd)
            return "rlp: not exactly one list";
        if (!fields.TryReadUInt64(out var chainId)
            || !fields.TryReadUInt64(out var nonce)
            || !fields.TryReadUInt256(out var priorityFee)
            || !fields.TryReadUInt256(out var maxFee)
            || !fields.TryReadUInt64(out var gasLimit))
            return "rlp: a number is malformed or too large";
        if (!TransactionFields.TryReadTo(ref fields, out var to))
            return "rlp: the recipient is no address";
        if (!fields.TryReadUInt256(out var value) || !fields.TryReadString(out var data))
            return "rlp: value or data is malformed";
        if (!fields.TryReadList(out var accessList))
            return "rlp: the access list is malformed";
        if (!accessList.IsAtEnd)
            return "access lists are not supported";
        if (!fields.TryReadUInt64(out var parity)
            || !TransactionFields.TryReadRs(ref fields, out var signature)
            || !fields.IsAtEnd)
            return "rlp: the signature is malformed";
        if (parity > 1)
            return "invalid transaction v, r, s values";

        var transaction = new Eip1559Transaction
        {
            ChainId = chainId,
            Nonce = nonce,
            MaxPriorityFeePerGas = priorityFee,
            MaxFeePerGas = maxFee,
            GasLimit = gasLimit,
            To = to,
            Value = value,
            Data = TransactionFields.Slice(memory, data),
        };
        parsed = new ParsedTransaction(transaction, memory, signature, (int)parity);
        return null;
    }
}
