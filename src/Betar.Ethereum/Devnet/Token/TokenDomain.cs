using System.Text;
using Betar.Crypto;

namespace Betar.Ethereum.Devnet;

/// <summary>The token's side of EIP-712: whose signature an authorisation carries. Independent of how the payments layer signs.</summary>
internal sealed class TokenDomain
{
    const int Word = 32;
    const int RsSize = 64;

    static readonly byte[] _domainType =
        Keccak256.Hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"u8);

    static readonly byte[] _transferType =
        Keccak256.Hash("TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"u8);

    static readonly byte[] _cancelType = Keccak256.Hash("CancelAuthorization(address authorizer,bytes32 nonce)"u8);

    internal TokenDomain(string name, string version, ulong chainId, Address token)
    {
        Span<byte> encoded = stackalloc byte[5 * Word];
        encoded.Clear();
        _domainType.CopyTo(encoded);
        Keccak256.Hash(Encoding.UTF8.GetBytes(name), encoded.Slice(Word, Word));
        Keccak256.Hash(Encoding.UTF8.GetBytes(version), encoded.Slice(2 * Word, Word));
        ((UInt256)chainId).WriteBigEndian(encoded[(3 * Word)..]);
        token.CopyTo(encoded[(5 * Word - Address.Size)..]);
        Separator = new Hash32(Keccak256.Hash(encoded));
    }

    internal Hash32 Separator { get; }

    internal AuthorizationProof Check(TokenCall call)
    {
        var signature = call.Signature.Span;
        if (signature.Length != TokenAbi.SignatureSize)
            return AuthorizationProof.WrongLength;

        // The token looks at s before it looks at v.
        if (UInt256.ReadBigEndian(signature[Word..RsSize]) > _halfOrder)
            return AuthorizationProof.HighS;
        if (signature[RsSize] is not (27 or 28))
            return AuthorizationProof.WrongV;

        Span<byte> digest = stackalloc byte[Word];
        Digest(call, digest);
        Span<byte> publicKey = stackalloc byte[Eip1559Transaction.PublicKeySize];
        if (!Secp256k1.TryRecover(digest, signature[..RsSize], signature[RsSize] - 27, publicKey))
            return AuthorizationProof.Unrecoverable;
        return Address.FromPublicKey(publicKey) == call.From ? AuthorizationProof.Valid : AuthorizationProof.WrongSigner;
    }

    internal void Digest(TokenCall call, Span<byte> digest)
    {
        Span<byte> encoded = stackalloc byte[7 * Word];
        encoded.Clear();
        call.From.CopyTo(encoded[(2 * Word - Address.Size)..]);
        if (call.Method == TokenMethod.CancelAuthorization)
        {
            _cancelType.CopyTo(encoded);
            call.Nonce.CopyTo(encoded[(2 * Word)..]);
            encoded = encoded[..(3 * Word)];
        }
        else
        {
            _transferType.CopyTo(encoded);
            call.To.CopyTo(encoded[(3 * Word - Address.Size)..]);
            call.Value.WriteBigEndian(encoded[(3 * Word)..]);
            call.ValidAfter.WriteBigEndian(encoded[(4 * Word)..]);
            call.ValidBefore.WriteBigEndian(encoded[(5 * Word)..]);
            call.Nonce.CopyTo(encoded[(6 * Word)..]);
        }

        Span<byte> message = stackalloc byte[2 + 2 * Word];
        message[0] = 0x19;
        message[1] = 0x01;
        Separator.CopyTo(message[2..]);
        Keccak256.Hash(encoded, message[(2 + Word)..]);
        Keccak256.Hash(message, digest);
    }

    static readonly UInt256 _halfOrder = new(0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x5D576E7357A4501D, 0xDFE92F46681B20A0);
}
