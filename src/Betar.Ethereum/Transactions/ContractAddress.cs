using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>Where a contract will stand, known before it is created.</summary>
public static class ContractAddress
{
    const byte Create2Prefix = 0xff;
    const int HashTail = Hash32.Size - Address.Size;

    /// <summary>Of a contract that this account's transaction with this nonce creates.</summary>
    public static Address OfCreate(Address sender, ulong nonce)
    {
        var writer = new RlpWriter(32);
        var list = writer.BeginList();
        writer.Write(sender);
        writer.Write(nonce);
        writer.EndList(list);
        return Tail(writer.WrittenSpan);
    }

    /// <summary>Of a contract that another creates with CREATE2 (EIP-1014).</summary>
    public static Address OfCreate2(Address deployer, Hash32 salt, ReadOnlySpan<byte> initCode)
    {
        Span<byte> bytes = stackalloc byte[1 + Address.Size + 2 * Hash32.Size];
        bytes[0] = Create2Prefix;
        deployer.CopyTo(bytes[1..]);
        salt.CopyTo(bytes[(1 + Address.Size)..]);
        Keccak256.Hash(initCode, bytes[(1 + Address.Size + Hash32.Size)..]);
        return Tail(bytes);
    }

    static Address Tail(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Hash32.Size];
        Keccak256.Hash(bytes, hash);
        return new Address(hash[HashTail..]);
    }
}
