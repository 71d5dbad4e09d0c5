using Betar.Crypto;
using Betar.Ethereum.Devnet;

namespace Betar.Ethereum.Tests.Support;

/// <summary>Signs what payers sign, for the devnet's default token.</summary>
internal static class TokenSigner
{
    internal static readonly TokenDomain Domain = new("USDC", "2", 84532, TestKeys.Usdc);

    internal static SignedTransferAuthorization Transfer(
        string nonce,
        ulong value = 1000,
        ulong validAfter = 0,
        ulong validBefore = 4_000_000_000,
        PrivateKey? signer = null,
        Address? from = null,
        Address? to = null)
    {
        var unsigned = new SignedTransferAuthorization(
            from ?? TestKeys.PayerAddress, to ?? TestKeys.SellerAddress, value, validAfter, validBefore, TestKeys.NonceOf(nonce), []);
        return unsigned with { Signature = Sign(signer ?? TestKeys.Payer, unsigned) };
    }

    internal static byte[] Sign(PrivateKey key, SignedTransferAuthorization terms) => Sign(key, new TokenCall(TokenMethod.TransferWithAuthorization)
    {
        From = terms.From,
        To = terms.To,
        Value = terms.Value,
        ValidAfter = terms.ValidAfter,
        ValidBefore = terms.ValidBefore,
        Nonce = terms.Nonce,
    });

    internal static byte[] SignCancel(PrivateKey key, Address authorizer, string nonce) =>
        Sign(key, new TokenCall(TokenMethod.CancelAuthorization) { From = authorizer, Nonce = TestKeys.NonceOf(nonce) });

    static byte[] Sign(PrivateKey key, TokenCall call)
    {
        var digest = new byte[32];
        Domain.Digest(call, digest);
        var signature = new byte[65];
        key.Sign(digest, signature);
        signature[64] += 27;
        return signature;
    }
}
