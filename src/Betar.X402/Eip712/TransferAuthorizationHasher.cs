using System.Runtime.CompilerServices;
using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.X402.Eip712;

/// <summary>What the payer signs: keccak256(1901 ‖ domain separator ‖ struct hash). Allocates nothing.</summary>
public static class TransferAuthorizationHasher
{
    private const int Word = 32;
    private const int AddressOffset = Word - Address.Size;

    private static readonly byte[] TypeHash = Keccak256.Hash(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"u8);

    [SkipLocalsInit]
    public static void StructHash(in TransferTerms terms, Span<byte> hash32)
    {
        Span<byte> encoded = stackalloc byte[7 * Word];
        encoded[Word..(3 * Word)].Clear();
        TypeHash.CopyTo(encoded);
        terms.From.CopyTo(encoded[(Word + AddressOffset)..(2 * Word)]);
        terms.To.CopyTo(encoded[((2 * Word) + AddressOffset)..(3 * Word)]);
        terms.Value.Units.WriteBigEndian(encoded[(3 * Word)..(4 * Word)]);
        terms.ValidAfter.WriteBigEndian(encoded[(4 * Word)..(5 * Word)]);
        terms.ValidBefore.WriteBigEndian(encoded[(5 * Word)..(6 * Word)]);
        terms.Nonce.CopyTo(encoded[(6 * Word)..]);
        Keccak256.Hash(encoded, hash32);
    }

    [SkipLocalsInit]
    public static void Digest(Eip712Domain domain, in TransferTerms terms, Span<byte> digest32)
    {
        Span<byte> encoded = stackalloc byte[2 + (2 * Word)];
        encoded[0] = 0x19;
        encoded[1] = 0x01;
        domain.Separator.CopyTo(encoded[2..(2 + Word)]);
        StructHash(in terms, encoded[(2 + Word)..]);
        Keccak256.Hash(encoded, digest32);
    }
}
