using System.Text;
using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.X402.Eip712;

/// <summary>A signing domain with its separator, computed once.</summary>
public sealed class Eip712Domain
{
    private static readonly byte[] TypeHash =
        Keccak256.Hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"u8);

    public Eip712Domain(string name, string version, ulong chainId, Address verifyingContract)
    {
        Name = name;
        Version = version;
        ChainId = chainId;
        VerifyingContract = verifyingContract;
        Separator = ComputeSeparator();
    }

    public string Name { get; }

    public string Version { get; }

    public ulong ChainId { get; }

    public Address VerifyingContract { get; }

    public Hash32 Separator { get; }

    private Hash32 ComputeSeparator()
    {
        Span<byte> encoded = stackalloc byte[5 * Hash32.Size];
        encoded.Clear();
        TypeHash.CopyTo(encoded);
        Keccak256.Hash(Encoding.UTF8.GetBytes(Name), encoded[32..64]);
        Keccak256.Hash(Encoding.UTF8.GetBytes(Version), encoded[64..96]);
        ((UInt256)ChainId).WriteBigEndian(encoded[96..128]);
        VerifyingContract.CopyTo(encoded[140..160]);
        Span<byte> hash = stackalloc byte[Hash32.Size];
        Keccak256.Hash(encoded, hash);
        return new Hash32(hash);
    }
}
