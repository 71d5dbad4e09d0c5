using System.Security.Cryptography;
using Betar.Crypto;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Challenges;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.Benchmarks.X402;

/// <summary>A good payment for a quote, and beside it a signature for the library alone.</summary>
internal sealed record QuotedPayment(PaymentEnvelope Envelope, ChallengeTerms Terms, byte[] Hash, byte[] Signature)
{
    public PaymentBinding Binding { get; } = PaymentBinding.Challenge(Terms);

    public static QuotedPayment Make(ChallengeIssuer challenges, PaymentOffer offer, int index)
    {
        using var key = PrivateKey.Generate();
        ChallengeTerms terms = TermsOf(offer, index);
        Challenge challenge = challenges.Issue(terms);
        var quote = new PaymentRequired
        {
            ChallengeNonce = challenge.Nonce.ToBareString(),
            ChallengeExpiresAt = challenge.ExpiresAt.ToUnixTimeSeconds(),
            Requirements = offer.ToRequirements(),
        };
        SignedOffer signed = new AuthorizationSigner(key, TimeProvider.System).Sign(
            quote, new OfferPolicy { Payee = offer.PayTo, ListedPrice = offer.Amount, Cap = offer.Amount });
        byte[] hash = RandomNumberGenerator.GetBytes(32), signature = new byte[65];
        key.Sign(hash, signature);
        return new QuotedPayment(signed.Payment!, terms, hash, signature);
    }

    public static ChallengeTerms TermsOf(PaymentOffer offer, int index) => new(
        "seller", "did:key:bench", offer.PayTo, offer.Amount, offer.Asset.Network, offer.Asset.Address, $"c{index}",
        ChallengeTerms.HashBody(new TaskBody($"task {index}", "did:key:bench").Write()), "/ip4/127.0.0.1");

    public bool Recover()
    {
        Span<byte> publicKey = stackalloc byte[64];
        return Secp256k1.TryRecover(Hash, Signature.AsSpan(0, 64), Signature[64], publicKey);
    }
}
