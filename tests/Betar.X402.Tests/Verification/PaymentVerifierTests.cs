using System.Reflection;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

/// <summary>The order of the checks, what is fatal when, and what a check costs.</summary>
public sealed class PaymentVerifierTests : IDisposable
{
    private readonly PaymentFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_worked_payment_of_the_stream_protocol_is_signed_by_its_payer()
    {
        var paid = MessageCodec.ParsePaidRequest(Golden.Utf8(Golden.PaidRequest)).Value!;
        Assert.True(_fixture.Verifier.CheckSyntaxAndCheapFields(paid.Payment!, _fixture.Offer, _fixture.Binding, out var payment).IsAccepted);
        Assert.True(_fixture.Verifier.CheckSignature(payment!).IsAccepted);
        Assert.True(_fixture.Verifier.CheckTimeWindow(payment!, _fixture.Offer, _fixture.Time.GetUtcNow()).IsAccepted);
        Assert.Equal(
            $"eip155:84532/{Golden.Usdc.ToLowerInvariant()}/{Golden.Buyer.ToLowerInvariant()}/0x{Golden.BareNonce}", payment!.Key.ToString());
        Assert.Equal(Golden.Signature[..^2] + "1c", "0x" + Convert.ToHexStringLower(payment.Signature));
    }

    [Fact]
    public void The_published_payment_is_signed_by_its_payer_and_its_twins_are_not()
    {
        const string right = "0x19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766a542529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c1c";
        Assert.Null(Check(right));
        Assert.Equal(VerificationReasons.SignatureHighS, Check("0x19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766aabdad65eac47f696a296f2eaccdd3f9df3b7434b38d320d67e9dabbad784edd51b"));
        Assert.Equal(VerificationReasons.SignatureMalformed, Check("0x19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766ad42529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c"));
        Assert.Equal(VerificationReasons.Signature, Check("0x7fd13848b3c4b558359be743f60c5ff8ac56a7a7cec0010b313a0de2a28a41a662bf29efc23e6bdeba07ac064225d9e2174d47151235afd0e0e7f8aeb5de768a1b"));

        static VerificationReason? Check(string signature)
        {
            using var fixture = new PaymentFixture();
            const string nonce = "0xc5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2";
            const string payer = "0x40D6B846c1A945d2dfde794666F3B948FAF126B1";
            var payment = new PaymentEnvelope
            {
                Network = "eip155:84532", ServerNonce = nonce[2..], Payer = payer,
                Payload = new ExactPayload
                {
                    Signature = signature,
                    Authorization = new Authorization
                    {
                        From = payer, To = "0x2eD99C696a0992747886C1a29BD81e4d055c2A57", Value = "50000", ValidAfter = "0", ValidBefore = "1893456000", Nonce = nonce,
                    },
                },
            };
            var outcome = fixture.Verifier.CheckSyntaxAndCheapFields(payment, fixture.Offer, fixture.Binding, out var read);
            return outcome.IsAccepted ? fixture.Verifier.CheckSignature(read!).Reason : outcome.Reason;
        }
    }

    [Theory]
    [InlineData(61)]
    [InlineData(6 * 60)]
    [InlineData(23 * 60 * 60)]
    public void A_repeat_reaches_its_stored_session_however_late(long secondsLater)
    {
        var payment = _fixture.Payment();
        _fixture.Time.Advance(TimeSpan.FromSeconds(secondsLater));
        Assert.True(_fixture.Verifier.CheckSyntaxAndCheapFields(payment, _fixture.Offer, _fixture.Binding, out var read).IsAccepted);
        Assert.True(_fixture.Verifier.CheckSignature(read!).IsAccepted);

        // Here the seller looks up read.Key; only without a session do quote and clock count.
        var outcome = _fixture.Verifier.CheckFresh(read!, _fixture.Offer, _fixture.Binding, _fixture.Time.GetUtcNow());
        Assert.False(outcome.IsAccepted);
        Assert.True(outcome.Reason.OnlyForNewPayments);
    }

    [Fact]
    public void A_repeat_reaches_its_stored_session_after_price_and_payee_changed_and_keys_rotated()
    {
        var payment = _fixture.Payment();
        _fixture.Offer = _fixture.Offer with { Amount = 7777, PayTo = Address.Zero };
        _fixture.Keys.Rotate();
        _fixture.Time.Advance(TimeSpan.FromHours(23));
        Assert.True(_fixture.Verifier.CheckSyntaxAndCheapFields(payment, _fixture.Offer, _fixture.Binding, out var read).IsAccepted);
        Assert.True(_fixture.Verifier.CheckSignature(read!).IsAccepted);
        Assert.False(_fixture.Verifier.CheckFresh(read!, _fixture.Offer, _fixture.Binding, _fixture.Time.GetUtcNow()).IsAccepted);
    }

    [Fact]
    public void A_stranger_who_saw_the_nonce_gets_nothing()
    {
        using var stranger = PrivateKey.Generate();
        var forged = _fixture.Payment(signer: stranger);
        Assert.Equal(VerificationReasons.Signature, _fixture.PerhapsStored(forged, _fixture.Binding).Reason);
    }

    // Known to be new and old: the clock refuses it, and the wrong signature is never looked at.
    [Fact]
    public void An_expired_payment_that_is_known_to_be_new_costs_no_signature()
    {
        using var stranger = PrivateKey.Generate();
        var forged = _fixture.Payment(signer: stranger);
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(VerificationReasons.ValidBefore, _fixture.KnownToBeNew(forged, _fixture.Binding).Reason);
        Assert.Equal(VerificationReasons.ValidBefore, _fixture.All(forged, _fixture.Binding).Reason);
        Assert.Equal(VerificationReasons.Signature, _fixture.PerhapsStored(forged, _fixture.Binding).Reason);
    }

    [Fact]
    public void Cheap_rows_come_before_the_signature()
    {
        using var stranger = PrivateKey.Generate();
        Assert.Equal(VerificationReasons.RecipientMismatch, _fixture.All(_fixture.Payment(a => a with { To = Golden.Usdc }, stranger), _fixture.Binding).Reason);
        Assert.Equal(VerificationReasons.ValueMismatch, _fixture.All(_fixture.Payment(a => a with { Value = "1" }, stranger), _fixture.Binding).Reason);
        Assert.Equal(VerificationReasons.ValidBefore, _fixture.All(_fixture.Payment(a => a with { ValidBefore = "1" }, stranger), _fixture.Binding).Reason);
        Assert.Equal(VerificationReasons.ValidAfter, _fixture.All(_fixture.Payment(a => a with { ValidAfter = "1999999999" }, stranger), _fixture.Binding).Reason);
    }

    [Fact]
    public void The_first_fault_in_the_order_wins()
    {
        var wrong = _fixture.Payment(a => a with { To = Golden.Usdc, Value = "1", ValidBefore = "1" }) with { Scheme = "x", Network = "y", Payer = "z" };
        Assert.Equal(VerificationReasons.Scheme, _fixture.All(wrong, _fixture.Binding).Reason);
        wrong = wrong with { Scheme = "exact" };
        Assert.Equal(VerificationReasons.NetworkMismatch, _fixture.All(wrong, _fixture.Binding).Reason);
        wrong = wrong with { Network = "eip155:84532" };
        Assert.Equal(VerificationReasons.PayerMismatch, _fixture.All(wrong, _fixture.Binding).Reason);
        wrong = wrong with { Payer = Golden.Buyer };
        Assert.Equal(VerificationReasons.RecipientMismatch, _fixture.All(wrong, _fixture.Binding).Reason);
    }

    [Fact]
    public void A_refused_payment_is_not_handed_out()
    {
        _fixture.Verifier.CheckSyntaxAndCheapFields(_fixture.Payment() with { Payer = "" }, _fixture.Offer, _fixture.Binding, out var read);
        Assert.Null(read);
        _fixture.Verifier.Verify(_fixture.Payment(a => a with { Value = "1" }), _fixture.Offer, _fixture.Binding, _fixture.Time.GetUtcNow(), new PaymentFixture.Reserved(), out read);
        Assert.Null(read);
    }

    [Fact]
    public void What_is_fatal_only_for_new_payments_is_marked_so()
    {
        VerificationReason[] forNew =
        [
            VerificationReasons.RecipientMismatch, VerificationReasons.ValidBefore, VerificationReasons.ValidAfter, VerificationReasons.ValueMismatch,
            VerificationReasons.WindowTooLong, VerificationReasons.ChallengeMismatch, VerificationReasons.ChallengeExpired, VerificationReasons.ChallengeUnknown,
        ];
        Assert.All(forNew, reason => Assert.True(reason.OnlyForNewPayments));
        VerificationReason[] forAll =
        [
            VerificationReasons.Scheme, VerificationReasons.NetworkMismatch, VerificationReasons.Signature, VerificationReasons.SignatureHighS,
            VerificationReasons.PayerMismatch, VerificationReasons.ServerNonceMismatch, VerificationReasons.SelfPayment, VerificationReasons.PayerBlocked,
        ];
        Assert.All(forAll, reason => Assert.False(reason.OnlyForNewPayments));
    }

    [Fact]
    public void Reason_strings_are_distinct_and_those_of_the_table_are_the_sdks()
    {
        var texts = typeof(VerificationReasons).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => ((VerificationReason)property.GetValue(null)!).Text).ToList();
        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.All(texts, text => Assert.Matches("^(betar_|invalid_exact_evm_|asset_not_deployed_contract$|eip6492_factory_not_allowed$)", text));
        Assert.Superset(
            new HashSet<string>
            {
                "invalid_exact_evm_scheme", "invalid_exact_evm_missing_eip712_domain", "invalid_exact_evm_network_mismatch", "invalid_exact_evm_signature",
                "eip6492_factory_not_allowed", "invalid_exact_evm_recipient_mismatch", "invalid_exact_evm_payload_authorization_valid_before",
                "invalid_exact_evm_payload_authorization_valid_after", "invalid_exact_evm_payload_authorization_value_mismatch", "asset_not_deployed_contract",
                "invalid_exact_evm_nonce_already_used", "invalid_exact_evm_token_name_mismatch", "invalid_exact_evm_token_version_mismatch",
                "invalid_exact_evm_insufficient_balance", "invalid_exact_evm_eip3009_not_supported", "invalid_exact_evm_transaction_simulation_failed",
            },
            texts.ToHashSet());
    }

    [Fact]
    public void Options_report_every_fault_at_once()
    {
        var options = new VerificationOptions();
        Assert.Empty(options.Validate());
        Assert.Equal(TimeSpan.FromSeconds(6), options.ExpiryMargin);
        Assert.Equal(TimeSpan.FromSeconds(15), options.WindowTolerance);
        Assert.Equal(1024, options.MaxFieldLength);
        Assert.False(options.AllowFirstUse);
        var wrong = new VerificationOptions { ExpiryMargin = TimeSpan.FromSeconds(-1), WindowTolerance = TimeSpan.FromHours(1), MaxFieldLength = 10 };
        Assert.Equal(3, wrong.Validate().Count);
        Assert.Throws<ArgumentException>(() => new PaymentVerifier(_fixture.Issuer, wrong));
    }

    // 304 bytes once the framework's own text search is warm (96 the signature, the rest the payment itself), 784 cold.
    [Fact]
    public void A_whole_check_allocates_little_and_a_known_bound()
    {
        var payment = _fixture.Payment();
        var binding = _fixture.Binding;
        Assert.True(_fixture.KnownToBeNew(payment, binding).IsAccepted);
        const int rounds = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < rounds; i++)
        {
            _fixture.KnownToBeNew(payment, binding);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / rounds, 1, 1024);
    }

    [Fact]
    public void The_offer_writes_requirements_that_it_reads_back()
    {
        var requirements = _fixture.Offer.ToRequirements();
        Assert.Equal("exact", requirements.Scheme);
        Assert.Equal(60, requirements.MaxTimeoutSeconds);
        Assert.True(PaymentOffer.TryRead(requirements, PaymentAssets.Default, out var offer).IsAccepted);
        Assert.Equal(_fixture.Offer, offer);
    }
}
