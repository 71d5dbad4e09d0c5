using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Buying;

public sealed class AuthorizationSignerTests : IDisposable
{
    private static readonly TimeSpan s_reachBackOfTheOriginal = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly PrivateKey _key = PrivateKey.Import(Golden.Hex(Golden.BuyerKey));
    private readonly AuthorizationSigner _signer;
    private readonly PaymentRequired _quote = MessageCodec.ParsePaymentRequired(Golden.Utf8(Golden.PaymentRequired)).Value!;
    private readonly OfferPolicy _policy = new() { Payee = PaymentFixture.SellerAccount, ListedPrice = 1000, Cap = 5000 };

    public AuthorizationSignerTests() => _signer = new AuthorizationSigner(_key, _time, s_reachBackOfTheOriginal);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_worked_quote_gets_the_worked_signature()
    {
        var signed = _signer.Sign(_quote, _policy);
        Assert.True(signed.IsSigned);
        Assert.Equal(OfferRefusal.None, signed.Refusal);
        var worked = MessageCodec.ParsePaidRequest(Golden.Utf8(Golden.PaidRequest)).Value!.Payment!;

        // The original writes v = 1; token contracts want 28, and so do we.
        var expected = worked with { Payload = worked.Payload! with { Signature = Golden.Signature[..^2] + "1c" } };
        Assert.Equal(expected, signed.Payment);
        Assert.Equal((AtomicAmount)1000, signed.Amount);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1775000060), signed.ValidBefore);
        Assert.Equal($"eip155:84532/{Golden.Usdc.ToLowerInvariant()}/{Golden.Buyer.ToLowerInvariant()}/0x{Golden.BareNonce}", signed.Key.ToString());
    }

    /// <summary>A seller tries the payment on its chain's newest block, which may be minutes old.</summary>
    [Fact]
    public void A_payment_is_valid_on_blocks_that_are_older_than_it()
    {
        var signed = new AuthorizationSigner(_key, _time).Sign(_quote, _policy).Payment!.Payload!.Authorization!;

        Assert.Equal((_time.GetUtcNow() - TimeSpan.FromMinutes(10)).ToUnixTimeSeconds().ToString(null, null), signed.ValidAfter);
    }

    [Fact]
    public void What_is_signed_is_accepted_by_our_own_seller()
    {
        using var fixture = new PaymentFixture();
        var signer = new AuthorizationSigner(fixture.BuyerKey, fixture.Time);
        var challenge = fixture.Issuer.Issue(fixture.Terms);
        var signed = signer.Sign(
            new PaymentRequired
            {
                ChallengeNonce = challenge.Nonce.ToBareString(), ChallengeExpiresAt = challenge.ExpiresAt.ToUnixTimeSeconds(),
                Requirements = fixture.Offer.ToRequirements(),
            },
            _policy);
        fixture.AssertAccepted(signed.Payment!);
    }

    [Fact]
    public void Signing_the_same_quote_twice_gives_the_same_payment() =>
        Assert.Equal(_signer.Sign(_quote, _policy).Payment, _signer.Sign(_quote, _policy).Payment);

    [Fact]
    public void A_payment_of_first_use_carries_our_nonce_and_says_so()
    {
        var nonce = Nonce.Random();
        var signed = _signer.SignFirstUse(_quote.Requirements, nonce, _policy);
        Assert.Equal(PaymentEnvelope.Preemptive, signed.Payment!.ServerNonce);
        Assert.Equal(nonce.ToString(), signed.Payment.Payload!.Authorization!.Nonce);
        Assert.Equal(nonce, signed.Key.Nonce);
    }

    [Fact]
    public void The_domain_comes_from_our_table()
    {
        var signed = _signer.Sign(_quote, _policy);
        var authorization = signed.Payment!.Payload!.Authorization!;
        var recovered = new byte[64];
        var signature = Golden.Hex(signed.Payment.Payload.Signature);
        Assert.True(Secp256k1.TryRecover(PaymentFixture.Digest(authorization), signature.AsSpan(0, 64), signature[64] - 27, recovered));
        Assert.Equal(_signer.Payer, new Address(Keccak256.Hash(recovered).AsSpan(12)));
        Assert.Equal(Address.Parse(Golden.Buyer), _signer.Payer);
    }

    [Fact]
    public void Amounts_up_to_the_limit_are_signed_and_one_more_is_not()
    {
        var tolerant = _policy with { ToleranceBasisPoints = 500 };
        Assert.Equal((AtomicAmount)1050, tolerant.Limit);
        Assert.True(Sign(Requirements with { Amount = "1050" }, tolerant).IsSigned);
        AssertRefused(OfferRefusal.Amount, Requirements with { Amount = "1051" }, tolerant);
        AssertRefused(OfferRefusal.Amount, Requirements with { Amount = "1001" }, _policy);
        Assert.True(Sign(Requirements with { Amount = "1" }, _policy).IsSigned);
        AssertRefused(OfferRefusal.Amount, Requirements with { Amount = UInt256.MaxValue.ToString() }, _policy);
    }

    [Fact]
    public void The_cap_holds_whatever_was_listed()
    {
        var capped = _policy with { ListedPrice = 1_000_000, Cap = 900 };
        Assert.Equal((AtomicAmount)900, capped.Limit);
        AssertRefused(OfferRefusal.Amount, Requirements with { Amount = "1000" }, capped);
        Assert.Equal((AtomicAmount)900, (capped with { ListedPrice = new AtomicAmount(UInt256.MaxValue) }).Limit);
        Assert.Throws<ArgumentOutOfRangeException>(() => (_policy with { ToleranceBasisPoints = 10_001 }).Limit);
    }

    [Fact]
    public void Another_scheme() => AssertRefused(OfferRefusal.Scheme, Requirements with { Scheme = "upto" }, _policy);

    [Fact]
    public void Another_network_than_the_purchases()
    {
        AssertRefused(OfferRefusal.Network, Requirements with { Network = "eip155:8453" }, _policy);
        var other = new PaymentAsset(new NetworkId(31337), Address.Parse(Golden.Usdc), "USDC", "2");
        var both = _policy with { Assets = new PaymentAssets([PaymentAsset.BaseSepoliaUsdc, other]) };
        AssertRefused(OfferRefusal.Network, Requirements with { Network = "eip155:31337" }, both);
        Assert.True(Sign(Requirements with { Network = "eip155:31337" }, both with { Network = new NetworkId(31337) }).IsSigned);
    }

    [Fact]
    public void Another_token() => AssertRefused(OfferRefusal.Asset, Requirements with { Asset = Golden.Seller }, _policy);

    [Fact]
    public void Another_domain_than_our_tables()
    {
        AssertRefused(OfferRefusal.Domain, Requirements with { Extra = new PaymentExtra("USD Coin", "2") }, _policy);
        AssertRefused(OfferRefusal.Domain, Requirements with { Extra = new PaymentExtra("USDC", "1") }, _policy);
        AssertRefused(OfferRefusal.Domain, Requirements with { Extra = null }, _policy);
    }

    [Fact]
    public void Another_payee()
    {
        AssertRefused(OfferRefusal.Payee, Requirements with { PayTo = Golden.Usdc }, _policy);
        Assert.True(Sign(Requirements with { PayTo = Golden.Usdc }, _policy with { Payee = null }).IsSigned);
    }

    [Fact]
    public void A_payee_that_is_nobody_or_ourselves()
    {
        AssertRefused(OfferRefusal.PayeeImpossible, Requirements with { PayTo = "0x" + new string('0', 40) }, _policy with { Payee = null });
        AssertRefused(OfferRefusal.PayeeImpossible, Requirements with { PayTo = Golden.Buyer }, _policy with { Payee = null });
    }

    [Theory]
    [InlineData(9)]
    [InlineData(601)]
    [InlineData(86400)]
    public void A_window_too_short_or_too_long(long seconds) =>
        AssertRefused(OfferRefusal.Timeout, Requirements with { MaxTimeoutSeconds = seconds }, _policy);

    [Fact]
    public void Windows_at_the_limits_are_signed()
    {
        Assert.True(Sign(Requirements with { MaxTimeoutSeconds = 10 }, _policy).IsSigned);
        Assert.True(Sign(Requirements with { MaxTimeoutSeconds = 600 }, _policy).IsSigned);
    }

    [Theory]
    [InlineData("""{"challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300,"payment_requirements":null}""")]
    [InlineData("""{"challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300}""")]
    [InlineData("""{"challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300,"payment_requirements":{"scheme":"exact","network":"eip155:84532","amount":"lots","asset":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","payTo":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1","maxTimeoutSeconds":60,"extra":{"name":"USDC","version":"2"}}}""")]
    [InlineData("""{"challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300,"payment_requirements":{"scheme":"exact","network":"eip155:84532","amount":"-1000","asset":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","payTo":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1","maxTimeoutSeconds":60,"extra":{"name":"USDC","version":"2"}}}""")]
    [InlineData("""{"challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300,"payment_requirements":{"scheme":"exact","network":"eip155:84532","amount":"1000","asset":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","payTo":"you","maxTimeoutSeconds":60,"extra":{"name":"USDC","version":"2"}}}""")]
    [InlineData("""{"challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300,"payment_requirements":{"scheme":"exact","network":"eip155:84532","amount":"1000","asset":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","payTo":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1","maxTimeoutSeconds":-60,"extra":{"name":"USDC","version":"2"}}}""")]
    public void Demands_that_cannot_be_read_are_refused(string json)
    {
        var quote = MessageCodec.ParsePaymentRequired(Golden.Utf8(json)).Value!;
        Assert.Equal(OfferRefusal.Malformed, _signer.Sign(quote, _policy).Refusal);
    }

    [Fact]
    public void A_demand_whose_members_are_of_the_wrong_type_does_not_even_parse() =>
        Assert.False(MessageCodec.ParsePaymentRequired("""{"payment_requirements":{"amount":1000}}"""u8).IsOk);

    [Theory]
    [InlineData("")]
    [InlineData("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")]
    [InlineData("00")]
    public void A_challenge_that_is_none(string nonce) =>
        Assert.Equal(OfferRefusal.ChallengeMalformed, _signer.Sign(_quote with { ChallengeNonce = nonce }, _policy).Refusal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1775000000)]
    [InlineData(long.MinValue)]
    public void A_quote_that_is_over(long expiresAt) =>
        Assert.Equal(OfferRefusal.ChallengeExpired, _signer.Sign(_quote with { ChallengeExpiresAt = expiresAt }, _policy).Refusal);

    [Fact]
    public void Nothing_is_signed_when_anything_is_refused()
    {
        var refused = Sign(Requirements with { Amount = "1001" }, _policy);
        Assert.Null(refused.Payment);
        Assert.False(refused.IsSigned);
    }

    private PaymentRequirements Requirements => _quote.Requirements!;

    private SignedOffer Sign(PaymentRequirements requirements, OfferPolicy policy) => _signer.Sign(_quote with { Requirements = requirements }, policy);

    private void AssertRefused(OfferRefusal refusal, PaymentRequirements requirements, OfferPolicy policy)
    {
        Assert.Equal(refusal, Sign(requirements, policy).Refusal);
        Assert.Equal(refusal, _signer.SignFirstUse(requirements, Nonce.Random(), policy).Refusal);
    }
}
