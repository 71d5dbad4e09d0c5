using Betar.Ethereum;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification.Checks;

/// <summary>What only counts for payments without a stored session: signature, recipient, quote, value, time.</summary>
public sealed class FreshCheckTests : IDisposable
{
    private readonly PaymentFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Row_4_somebody_elses_signature()
    {
        using var stranger = Betar.Crypto.PrivateKey.Generate();
        _fixture.AssertRefused(VerificationReasons.Signature, _fixture.Payment(signer: stranger));
    }

    [Fact]
    public void Row_4_a_signature_over_other_values()
    {
        var payment = _fixture.Payment();
        var other = PaymentFixture.Sign(payment.Payload!.Authorization! with { Value = "1" }, _fixture.BuyerKey);
        _fixture.AssertRefused(VerificationReasons.Signature, payment with { Payload = payment.Payload with { Signature = other } });
    }

    [Fact]
    public void Row_4_a_signature_under_another_domain()
    {
        var payment = _fixture.Payment();
        var terms = new Betar.X402.Eip712.TransferTerms(
            Address.Parse(Golden.Buyer), PaymentFixture.SellerAccount, 1000, (ulong)(_fixture.Now - 5), (ulong)(_fixture.Now + 60),
            Nonce.Parse(payment.Payload!.Authorization!.Nonce));
        var digest = new byte[32];
        Betar.X402.Eip712.TransferAuthorizationHasher.Digest(
            new Betar.X402.Eip712.Eip712Domain("USDC", "2", 8453, _fixture.Offer.Asset.Address), terms, digest);
        var signature = new byte[65];
        _fixture.BuyerKey.Sign(digest, signature);
        signature[64] += 27;
        _fixture.AssertRefused(
            VerificationReasons.Signature,
            payment with { Payload = payment.Payload with { Signature = "0x" + Convert.ToHexStringLower(signature) } });
    }

    [Fact]
    public void Row_4_the_other_v()
    {
        var payment = _fixture.Payment();
        var signature = payment.Payload!.Signature;
        var other = signature[..^2] + (signature.EndsWith("1b", StringComparison.Ordinal) ? "1c" : "1b");
        _fixture.AssertRefused(VerificationReasons.Signature, payment with { Payload = payment.Payload with { Signature = other } });
    }

    [Fact]
    public void Row_5_another_recipient() =>
        _fixture.AssertRefused(VerificationReasons.RecipientMismatch, _fixture.Payment(a => a with { To = Golden.Usdc }));

    [Fact]
    public void Row_5_letter_case_of_the_recipient_does_not_matter() =>
        _fixture.AssertAccepted(_fixture.Payment(a => a with { To = Golden.Seller.ToLowerInvariant() }));

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    [InlineData(0, false)]
    [InlineData(-61, false)]
    public void Row_6_too_little_time_left(long secondsLeft, bool accepted)
    {
        var payment = _fixture.Payment(a => a with { ValidBefore = (_fixture.Now + secondsLeft).ToString(null, null) });
        Assert(accepted, VerificationReasons.ValidBefore, payment);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(3600, false)]
    public void Row_7_not_valid_yet(long secondsAhead, bool accepted)
    {
        var payment = _fixture.Payment(a => a with { ValidAfter = (_fixture.Now + secondsAhead).ToString(null, null) });
        Assert(accepted, VerificationReasons.ValidAfter, payment);
    }

    [Fact]
    public void Row_7_a_start_beyond_64_bits_is_in_the_future() =>
        _fixture.AssertRefused(VerificationReasons.ValidAfter, _fixture.Payment(a => a with { ValidAfter = UInt256.MaxValue.ToString() }));

    [Theory]
    [InlineData("999")]
    [InlineData("1001")]
    [InlineData("0")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public void Row_8_over_and_under_payment(string value)
    {
        _fixture.AssertRefused(VerificationReasons.ValueMismatch, _fixture.Payment(a => a with { Value = value }));
        using var firstUse = new PaymentFixture(new VerificationOptions { AllowFirstUse = true });
        firstUse.AssertRefused(VerificationReasons.ValueMismatch, firstUse.Payment(a => a with { Value = value }), PaymentBinding.FirstUse);
        Xunit.Assert.Equal(StreamErrorCode.PaymentAmountWrong, VerificationReasons.ValueMismatch.Code);
    }

    [Fact]
    public void Row_8_an_open_quote_outlives_a_price_change()
    {
        var payment = _fixture.Payment();
        _fixture.Offer = _fixture.Offer with { Amount = 2000 };
        _fixture.Terms = _fixture.Terms with { Amount = 2000 };
        _fixture.AssertAccepted(payment);
    }

    [Fact]
    public void In_first_use_mode_nothing_vouches_for_an_old_price()
    {
        using var firstUse = new PaymentFixture(new VerificationOptions { AllowFirstUse = true });
        var payment = firstUse.Payment();
        firstUse.Offer = firstUse.Offer with { Amount = 2000 };
        firstUse.AssertRefused(VerificationReasons.ValueMismatch, payment, PaymentBinding.FirstUse);
    }

    [Theory]
    [InlineData(75, true)]
    [InlineData(76, false)]
    [InlineData(86400 * 365, false)]
    public void A_window_that_keeps_the_promise_open_too_long(long seconds, bool accepted)
    {
        var payment = _fixture.Payment(a => a with { ValidBefore = (_fixture.Now + seconds).ToString(null, null) });
        Assert(accepted, VerificationReasons.WindowTooLong, payment);
    }

    [Fact]
    public void An_end_beyond_64_bits_is_a_window_too_long() =>
        _fixture.AssertRefused(VerificationReasons.WindowTooLong, _fixture.Payment(a => a with { ValidBefore = UInt256.MaxValue.ToString() }));

    [Fact]
    public void A_nonce_that_is_no_quote_of_ours()
    {
        _fixture.AssertRefused(VerificationReasons.ChallengeMismatch, _fixture.Payment(a => a with { Nonce = "0x" + new string('0', 64) }));
        Xunit.Assert.Equal(StreamErrorCode.PaymentNonceMismatch, VerificationReasons.ChallengeMismatch.Code);
    }

    [Fact]
    public void A_quote_for_another_request()
    {
        var payment = _fixture.Payment();
        var right = _fixture.Terms;
        foreach (var terms in new[]
        {
            right with { Peer = "other" }, right with { CorrelationId = "other" }, right with { AgentId = "other" }, right with { BodyHash = default },
        })
        {
            _fixture.Terms = terms;
            _fixture.AssertRefused(VerificationReasons.ChallengeMismatch, payment);
        }
    }

    [Fact]
    public void A_quote_whose_key_is_gone()
    {
        _fixture.AssertRefused(VerificationReasons.ChallengeUnknown, _fixture.Payment(a => a with { Nonce = "0x" + new string('f', 64) }));
        Xunit.Assert.Equal(StreamErrorCode.PaymentNonceExpired, VerificationReasons.ChallengeUnknown.Code);
    }

    [Fact]
    public void A_quote_whose_time_is_over()
    {
        var nonce = _fixture.RightAuthorization().Nonce;
        _fixture.Time.Advance(_fixture.ChallengeOptions.Lifetime);
        _fixture.AssertRefused(VerificationReasons.ChallengeExpired, _fixture.Payment(a => a with { Nonce = nonce }));
        Xunit.Assert.Equal(StreamErrorCode.PaymentNonceExpired, VerificationReasons.ChallengeExpired.Code);
        Xunit.Assert.True(StreamErrors.IsRetryable(VerificationReasons.ChallengeExpired.Code));
    }

    [Fact]
    public void A_key_that_is_reserved_already()
    {
        var payment = _fixture.Payment();
        _fixture.Verifier.CheckSyntaxAndCheapFields(payment, _fixture.Offer, _fixture.Binding, out var read);
        var key = read!.Key;
        Xunit.Assert.Equal(VerificationReasons.NonceReserved, _fixture.All(payment, _fixture.Binding, new PaymentFixture.Reserved(key)).Reason);

        // Another payer's, token's or network's payment with the same nonce is another payment.
        var others = new PaymentFixture.Reserved(
            key with { From = Address.Zero }, key with { Asset = Address.Zero }, key with { Network = new NetworkId(1) });
        Xunit.Assert.True(_fixture.All(payment, _fixture.Binding, others).IsAccepted);
    }

    private void Assert(bool accepted, VerificationReason reason, PaymentEnvelope payment)
    {
        if (accepted)
        {
            _fixture.AssertAccepted(payment);
        }
        else
        {
            _fixture.AssertRefused(reason, payment);
        }
    }
}
