using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>A transaction of type 2 (EIP-1559) without access list: the one kind that this house sends.</summary>
public sealed record Eip1559Transaction
{
    public const byte Type = 2;

    internal const int SignatureSize = 65;
    internal const int PublicKeySize = 64;

    public required ulong ChainId { get; init; }

    public required ulong Nonce { get; init; }

    public UInt256 MaxPriorityFeePerGas { get; init; }

    public UInt256 MaxFeePerGas { get; init; }

    public required ulong GasLimit { get; init; }

    /// <summary>Null creates a contract.</summary>
    public Address? To { get; init; }

    public UInt256 Value { get; init; }

    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The bytes whose hash is signed.</summary>
    public byte[] EncodeUnsigned() => Encode(default);

    public SignedTransaction Sign(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(EncodeUnsigned(), hash);
        Span<byte> signature = stackalloc byte[SignatureSize];
        key.Sign(hash, signature);
        Span<byte> publicKey = stackalloc byte[PublicKeySize];
        key.CopyPublicKey(publicKey);

        var raw = Encode(signature);
        Keccak256.Hash(raw, hash);
        return new SignedTransaction(this, raw, new Hash32(hash), Address.FromPublicKey(publicKey));
    }

    /// <summary>Decodes and recovers the sender; false with a reason for anything but a well-formed, rightly signed transaction of this type.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> raw, out SignedTransaction? transaction, out string? fault)
    {
        transaction = null;
        if (!Eip1559Decoder.TryParse(raw, out var parsed, out fault))
            return false;
        transaction = Eip1559Decoder.TryRecover(parsed!);
        fault = transaction is null ? Eip1559Decoder.BadSignature : null;
        return transaction is not null;
    }

    internal byte[] Encode(ReadOnlySpan<byte> signature)
    {
        var writer = new RlpWriter(192 + Data.Length);
        writer.WriteRaw(Type);
        var list = writer.BeginList();
        writer.Write(ChainId);
        writer.Write(Nonce);
        writer.Write(MaxPriorityFeePerGas);
        writer.Write(MaxFeePerGas);
        writer.Write(GasLimit);
        TransactionFields.Write(writer, To);
        writer.Write(Value);
        writer.Write(Data.Span);
        writer.EndList(writer.BeginList());
        if (!signature.IsEmpty)
        {
            writer.Write((ulong)signature[64]);
            TransactionFields.Write(writer, signature[..64]);
        }

        writer.EndList(list);
        return writer.ToArray();
    }
}
