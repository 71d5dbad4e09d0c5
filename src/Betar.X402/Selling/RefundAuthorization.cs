using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Selling;

/// <summary>
/// A refund: an authorisation whose nonce is a hash of the payment that it undoes, so that the token itself makes it happen at most once,
/// whoever signs it how often.
/// </summary>
public static class RefundAuthorization
{
    /// <summary>keccak256("refund" ‖ payment key).</summary>
    public static Nonce NonceOf(string paymentKey) => new(Keccak256.Hash(Encoding.UTF8.GetBytes("refund" + paymentKey)));

    public static SignedTransferAuthorization Sign(
        PrivateKey account, PaymentAsset asset, Address payer, AtomicAmount amount, string paymentKey, DateTimeOffset validBefore)
    {
        ArgumentNullException.ThrowIfNull(asset);
        var (from, until) = (Address.FromKey(account), (ulong)validBefore.ToUnixTimeSeconds());
        var terms = new TransferTerms(from, payer, amount, UInt256.Zero, until, NonceOf(paymentKey));
        Span<byte> digest = stackalloc byte[Keccak256.Size];
        TransferAuthorizationHasher.Digest(asset.Domain, terms, digest);
        var signature = new byte[PrivateKey.SignatureSize];
        account.Sign(digest, signature);
        signature[^1] += SignedPaymentReader.FirstV;
        return new SignedTransferAuthorization(from, payer, amount.Units, 0, until, terms.Nonce.Value, signature);
    }
}
