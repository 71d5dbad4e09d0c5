using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Challenges;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Support;

/// <summary>A seller with one offer, a buyer with a key, and payments that are right until a test changes one thing.</summary>
internal sealed class PaymentFixture : IDisposable
{
    internal static readonly Address SellerAccount = Address.Parse(Golden.Seller.ToLowerInvariant());

    internal PaymentFixture(VerificationOptions? options = null)
    {
        Options = options ?? new VerificationOptions();
        Keys = ChallengeKeyRing.Create(ChallengeOptions, Time);
        Issuer = new ChallengeIssuer(Keys, ChallengeOptions, Time);
        Verifier = new PaymentVerifier(Issuer, Options);
        BuyerKey = PrivateKey.Import(Golden.Hex(Golden.BuyerKey));
        Terms = new ChallengeTerms(
            "did:key:seller", Golden.AgentDid, SellerAccount, Offer.Amount, NetworkId.BaseSepolia, Offer.Asset.Address,
            Golden.CorrelationId, ChallengeTerms.HashBody("body"u8), "12D3KooWBuyer");
    }

    internal ManualTime Time { get; } = new();

    internal ChallengeOptions ChallengeOptions { get; } = new();

    internal VerificationOptions Options { get; }

    internal ChallengeKeyRing Keys { get; }

    internal ChallengeIssuer Issuer { get; }

    internal PaymentVerifier Verifier { get; }

    internal PrivateKey BuyerKey { get; }

    internal ChallengeTerms Terms { get; set; }

    internal PaymentOffer Offer { get; set; } = new(PaymentAsset.BaseSepoliaUsdc, SellerAccount, 1000, TimeSpan.FromSeconds(60));

    internal PaymentBinding Binding => PaymentBinding.Challenge(Terms);

    internal long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public void Dispose()
    {
        Keys.Dispose();
        BuyerKey.Dispose();
    }

    /// <summary>The authorisation a well-behaved buyer would make now.</summary>
    internal Authorization RightAuthorization() => new()
    {
        From = Golden.Buyer,
        To = Golden.Seller,
        Value = "1000",
        ValidAfter = (Now - 5).ToString(null, null),
        ValidBefore = (Now + 60).ToString(null, null),
        Nonce = Issuer.Issue(Terms).Nonce.ToString(),
    };

    /// <summary>A payment that is right but for the change, and signed after the change: the change is its only fault.</summary>
    internal PaymentEnvelope Payment(Func<Authorization, Authorization>? change = null, PrivateKey? signer = null)
    {
        var authorization = RightAuthorization();
        authorization = change?.Invoke(authorization) ?? authorization;
        return new PaymentEnvelope
        {
            Network = "eip155:84532",
            ServerNonce = authorization.Nonce[2..],
            Payer = authorization.From,
            Payload = new ExactPayload { Signature = Sign(authorization, signer ?? BuyerKey), Authorization = authorization },
        };
    }

    internal static string Sign(Authorization authorization, PrivateKey key, byte firstV = 27)
    {
        var signature = new byte[65];
        key.Sign(Digest(authorization), signature);
        signature[64] += firstV;
        return "0x" + Convert.ToHexStringLower(signature);
    }

    // Fields that are not even readable cannot be signed; then the digest does not matter.
    internal static byte[] Digest(Authorization authorization)
    {
        var digest = new byte[32];
        if (Address.TryParse(authorization.From, out var from) && Address.TryParse(authorization.To, out var to)
            && AtomicAmount.TryParse(authorization.Value, out var value) && UInt256.TryParseDecimal(authorization.ValidAfter, out var after)
            && UInt256.TryParseDecimal(authorization.ValidBefore, out var before) && Hash32.TryParse(authorization.Nonce, out var nonce))
        {
            TransferAuthorizationHasher.Digest(
                PaymentAsset.BaseSepoliaUsdc.Domain, new TransferTerms(from, to, value, after, before, new Nonce(nonce)), digest);
        }

        return digest;
    }

    /// <summary>Both orders in which a seller may ask must give the same reason.</summary>
    internal void AssertRefused(VerificationReason reason, PaymentEnvelope payment, PaymentBinding? binding = null)
    {
        Assert.Equal(reason, KnownToBeNew(payment, binding ?? Binding).Reason);
        Assert.Equal(reason, PerhapsStored(payment, binding ?? Binding).Reason);
        Assert.Equal(reason, All(payment, binding ?? Binding).Reason);
    }

    internal void AssertAccepted(PaymentEnvelope payment, PaymentBinding? binding = null)
    {
        Assert.Null(KnownToBeNew(payment, binding ?? Binding).Reason);
        Assert.Null(PerhapsStored(payment, binding ?? Binding).Reason);
        Assert.Null(All(payment, binding ?? Binding).Reason);
    }

    internal VerificationOutcome KnownToBeNew(PaymentEnvelope payment, PaymentBinding binding)
    {
        var outcome = Verifier.CheckSyntaxAndCheapFields(payment, Offer, binding, out var read);
        outcome = outcome.IsAccepted ? Verifier.CheckFresh(read!, Offer, binding, Time.GetUtcNow()) : outcome;
        return outcome.IsAccepted ? Verifier.CheckSignature(read!) : outcome;
    }

    internal VerificationOutcome PerhapsStored(PaymentEnvelope payment, PaymentBinding binding)
    {
        var outcome = Verifier.CheckSyntaxAndCheapFields(payment, Offer, binding, out var read);
        outcome = outcome.IsAccepted ? Verifier.CheckSignature(read!) : outcome;
        return outcome.IsAccepted ? Verifier.CheckFresh(read!, Offer, binding, Time.GetUtcNow()) : outcome;
    }

    internal VerificationOutcome All(PaymentEnvelope payment, PaymentBinding binding, IReservedPayments? reserved = null) =>
        Verifier.Verify(payment, Offer, binding, Time.GetUtcNow(), reserved ?? new Reserved(), out _);

    internal sealed class Reserved(params PaymentKey[] keys) : IReservedPayments
    {
        public bool IsReserved(in PaymentKey key) => keys.Contains(key);
    }
}
