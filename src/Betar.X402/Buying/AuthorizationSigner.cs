using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.X402.Buying;

/// <summary>
/// Signs what the policy allows, and nothing else. The domain comes from our table of tokens; payTo, amount and
/// nonce go back exactly as the seller sent them.
/// </summary>
public sealed class AuthorizationSigner
{
    /// <summary>
    /// A payment is valid from so long before it was signed, as the first official clients have it: clocks differ, and a seller tries the payment on its
    /// chain's newest block, which on a slow or quiet chain is older than the five seconds of the original.
    /// </summary>
    public static readonly TimeSpan DefaultReachBack = TimeSpan.FromMinutes(10);

    private readonly TimeSpan _reachBack;
    private readonly PrivateKey _key;
    private readonly TimeProvider _time;

    /// <param name="key">The payer's.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="reachBack">Null: <see cref="DefaultReachBack"/>.</param>
    public AuthorizationSigner(PrivateKey key, TimeProvider time, TimeSpan? reachBack = null)
    {
        _key = key;
        _reachBack = reachBack ?? DefaultReachBack;
        _time = time;
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        key.CopyPublicKey(publicKey);
        Payer = Address.FromPublicKey(publicKey);
    }

    public Address Payer { get; }

    /// <summary>Answers a seller's quote.</summary>
    public SignedOffer Sign(PaymentRequired quote, OfferPolicy policy)
    {
        if (!Nonce.TryParseBare(quote.ChallengeNonce, out var nonce))
        {
            return SignedOffer.Refused(OfferRefusal.ChallengeMalformed);
        }

        return quote.ChallengeExpiresAt <= _time.GetUtcNow().ToUnixTimeSeconds()
            ? SignedOffer.Refused(OfferRefusal.ChallengeExpired)
            : Sign(quote.Requirements, nonce, quote.ChallengeNonce, policy);
    }

    /// <summary>Pays with a nonce of our own choice, where a seller takes such payments.</summary>
    public SignedOffer SignFirstUse(PaymentRequirements? requirements, Nonce nonce, OfferPolicy policy) =>
        Sign(requirements, nonce, PaymentEnvelope.Preemptive, policy);

    private SignedOffer Sign(PaymentRequirements? requirements, Nonce nonce, string serverNonce, OfferPolicy policy)
    {
        var refusal = OfferInspector.Inspect(requirements, policy, Payer, out var offer);
        if (refusal != OfferRefusal.None)
        {
            return SignedOffer.Refused(refusal);
        }

        var now = _time.GetUtcNow();
        var validBefore = now + offer!.MaxTimeout;
        var terms = new TransferTerms(
            Payer, offer.PayTo, offer.Amount, Seconds(now - _reachBack), Seconds(validBefore), nonce);
        var envelope = new PaymentEnvelope
        {
            Network = requirements!.Network,
            ServerNonce = serverNonce,
            Payer = Payer.ToString(),
            Payload = new ExactPayload { Signature = SignTerms(offer, in terms), Authorization = ToWire(in terms, requirements) },
        };
        var key = new PaymentKey(offer.Asset.Network, offer.Asset.Address, Payer, nonce);
        return SignedOffer.Signed(envelope, key, offer.Amount, validBefore);
    }

    private string SignTerms(PaymentOffer offer, in TransferTerms terms)
    {
        Span<byte> digest = stackalloc byte[Keccak256.Size];
        Span<byte> signature = stackalloc byte[PrivateKey.SignatureSize];
        TransferAuthorizationHasher.Digest(offer.Asset.Domain, in terms, digest);
        _key.Sign(digest, signature);
        signature[^1] += SignedPaymentReader.FirstV;
        return "0x" + Convert.ToHexStringLower(signature);
    }

    private static Authorization ToWire(in TransferTerms terms, PaymentRequirements requirements) => new()
    {
        From = terms.From.ToString(),
        To = requirements.PayTo,
        Value = requirements.Amount,
        ValidAfter = terms.ValidAfter.ToString(),
        ValidBefore = terms.ValidBefore.ToString(),
        Nonce = terms.Nonce.ToString(),
    };

    private static UInt256 Seconds(DateTimeOffset time) => (ulong)time.ToUnixTimeSeconds();
}
