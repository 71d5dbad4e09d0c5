using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>A transaction with one gas price, signed for one chain (EIP-155): for chains that have no base fee.</summary>
public sealed record LegacyTransaction
{
    /// <summary>1 to 2^62: the signature's last part counts from twice the id.</summary>
    public required ulong ChainId { get; init; }

    public required ulong Nonce { get; init; }

    public UInt256 GasPrice { get; init; }

    public required ulong GasLimit { get; init; }

    /// <summary>Null creates a contract.</summary>
    public Address? To { get; init; }

    public UInt256 Value { get; init; }

    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The bytes whose hash is signed.</summary>
    public byte[] EncodeUnsigned() => Encode(default);

    public SignedLegacyTransaction Sign(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(EncodeUnsigned(), hash);
        Span<byte> signature = stackalloc byte[PrivateKey.SignatureSize];
        key.Sign(hash, signature);
        var raw = Encode(signature);
        Keccak256.Hash(raw, hash);
        return new SignedLegacyTransaction(this, raw, new Hash32(hash), Address.FromKey(key));
    }

    /// <summary>Decodes and recovers the sender; false with a reason for anything but a well-formed, rightly signed transaction for one chain.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> raw, out SignedLegacyTransaction? transaction, out string? fault) =>
        LegacyDecoder.TryDecode(raw, out transaction, out fault);

    internal byte[] Encode(ReadOnlySpan<byte> signature)
    {
        if (ChainId is 0 or > LegacyDecoder.MaxChainId)
            throw new InvalidOperationException("A transaction is signed for a chain with an id of 1 to 2^62.");
        var writer = new RlpWriter(160 + Data.Length);
        var list = writer.BeginList();
        writer.Write(Nonce);
        writer.Write(GasPrice);
        writer.Write(GasLimit);
        TransactionFields.Write(writer, To);
        writer.Write(Value);
        writer.Write(Data.Span);
        if (signature.IsEmpty)
        {
            writer.Write(ChainId);
            writer.Write(0UL);
            writer.Write(0UL);
        }
        else
        {
            writer.Write(2 * ChainId + LegacyDecoder.FirstV + signature[64]);
            TransactionFields.Write(writer, signature[..64]);
        }

        writer.EndList(list);
        return writer.ToArray();
    }
}
