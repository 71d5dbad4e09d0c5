using Betar.X402.Protocol;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification.Checks;

/// <summary>Everything that is wrong for ever, one fault at a time.</summary>
public sealed class SyntaxCheckTests : IDisposable
{
    private readonly PaymentFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void The_unchanged_payment_is_accepted() => _fixture.AssertAccepted(_fixture.Payment());

    [Fact]
    public void Without_payload_or_authorisation()
    {
        _fixture.AssertRefused(VerificationReasons.PayloadMissing, _fixture.Payment() with { Payload = null });
        _fixture.AssertRefused(VerificationReasons.PayloadMissing, _fixture.Payment() with { Payload = new ExactPayload { Signature = Golden.Signature } });
        _fixture.AssertRefused(VerificationReasons.PayloadMissing, new PaymentEnvelope());
    }

    public static TheoryData<string> Fields =>
        ["scheme", "network", "server_nonce", "payer", "signature", "from", "to", "value", "validAfter", "validBefore", "nonce"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_that_is_too_long(string field)
    {
        var text = new string('1', _fixture.Options.MaxFieldLength + 1);
        var payment = _fixture.Payment();
        var payload = payment.Payload!;
        var authorization = payload.Authorization!;
        PaymentEnvelope With(Authorization changed) => payment with { Payload = payload with { Authorization = changed } };
        _fixture.AssertRefused(VerificationReasons.FieldTooLong, field switch
        {
            "scheme" => payment with { Scheme = text },
            "network" => payment with { Network = text },
            "server_nonce" => payment with { ServerNonce = text },
            "payer" => payment with { Payer = text },
            "signature" => payment with { Payload = payload with { Signature = text } },
            "from" => With(authorization with { From = text }),
            "to" => With(authorization with { To = text }),
            "value" => With(authorization with { Value = text }),
            "validAfter" => With(authorization with { ValidAfter = text }),
            "validBefore" => With(authorization with { ValidBefore = text }),
            _ => With(authorization with { Nonce = text }),
        });
    }

    [Fact]
    public void A_field_of_the_longest_length_is_judged_by_what_it_says() => _fixture.AssertRefused(
        VerificationReasons.Scheme, _fixture.Payment() with { Scheme = new string('1', _fixture.Options.MaxFieldLength) });

    [Theory]
    [InlineData("")]
    [InlineData("Exact")]
    [InlineData("upto")]
    public void Row_1_another_scheme(string scheme) => _fixture.AssertRefused(VerificationReasons.Scheme, _fixture.Payment() with { Scheme = scheme });

    [Theory]
    [InlineData("")]
    [InlineData("eip155:8453")]
    [InlineData("eip155:084532")]
    [InlineData("base-sepolia")]
    public void Row_3_another_network(string network) => _fixture.AssertRefused(VerificationReasons.NetworkMismatch, _fixture.Payment() with { Network = network });

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x2c7536E3605D9C16a7a3D7b1898e529396a65c")]
    [InlineData("0x2c7536E3605D9C16a7a3D7b1898e529396a65c2300")]
    [InlineData("2c7536e3605d9c16a7a3d7b1898e529396a65c23")]
    [InlineData("0x2c7536e3605d9c16a7a3d7b1898e529396a65c2g")]
    [InlineData("0X2c7536e3605d9c16a7a3d7b1898e529396a65c23")]
    public void An_address_that_is_none(string text)
    {
        _fixture.AssertRefused(VerificationReasons.AddressMalformed, _fixture.Payment(a => a with { From = text }));
        _fixture.AssertRefused(VerificationReasons.AddressMalformed, _fixture.Payment(a => a with { To = text }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("0x3e8")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    public void A_number_that_is_none(string text)
    {
        _fixture.AssertRefused(VerificationReasons.NumberMalformed, _fixture.Payment(a => a with { Value = text }));
        _fixture.AssertRefused(VerificationReasons.NumberMalformed, _fixture.Payment(a => a with { ValidAfter = text }));
        _fixture.AssertRefused(VerificationReasons.NumberMalformed, _fixture.Payment(a => a with { ValidBefore = text }));
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0x00")]
    [InlineData("0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("0x00000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("0x0g0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void A_nonce_that_is_not_32_bytes(string text) =>
        _fixture.AssertRefused(VerificationReasons.NonceMalformed, _fixture.Payment(a => a with { Nonce = text }));

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("compact")]
    [InlineData("long")]
    [InlineData("no prefix")]
    [InlineData("upper prefix")]
    [InlineData("no hex")]
    public void A_signature_that_is_not_65_bytes_of_hex(string which)
    {
        var payment = _fixture.Payment();
        var right = payment.Payload!.Signature;
        var text = which switch
        {
            "compact" => right[..^2],
            "long" => right + "00",
            "no prefix" => right[2..],
            "upper prefix" => "0X" + right[2..],
            "no hex" => right[..^1] + "g",
            _ => which,
        };
        _fixture.AssertRefused(VerificationReasons.SignatureMalformed, WithSignature(payment, text));
    }

    [Fact]
    public void A_wrapped_signature_of_a_wallet_that_is_not_deployed()
    {
        var payment = _fixture.Payment();
        var wrapped = payment.Payload!.Signature + string.Concat(Enumerable.Repeat("6492", 16));
        _fixture.AssertRefused(VerificationReasons.FactoryNotAllowed, WithSignature(payment, wrapped));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void V_may_begin_at_0_or_27_and_is_normalised(byte firstV)
    {
        var payment = _fixture.Payment();
        payment = WithSignature(payment, PaymentFixture.Sign(payment.Payload!.Authorization!, _fixture.BuyerKey, firstV));
        _fixture.AssertAccepted(payment);
        _fixture.Verifier.CheckSyntaxAndCheapFields(payment, _fixture.Offer, _fixture.Binding, out var read);
        Assert.InRange(read!.Signature[64], 27, 28);
        Assert.Equal(65, read.Signature.Length);
    }

    [Theory]
    [InlineData("02")]
    [InlineData("1a")]
    [InlineData("1d")]
    [InlineData("25")]
    [InlineData("80")]
    [InlineData("ff")]
    public void Another_v(string v)
    {
        var payment = _fixture.Payment();
        _fixture.AssertRefused(VerificationReasons.SignatureV, WithSignature(payment, payment.Payload!.Signature[..^2] + v));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void R_or_s_out_of_range(string scalar)
    {
        var payment = _fixture.Payment();
        var right = payment.Payload!.Signature;
        _fixture.AssertRefused(VerificationReasons.SignatureRange, WithSignature(payment, "0x" + scalar + right[66..]));
        _fixture.AssertRefused(VerificationReasons.SignatureRange, WithSignature(payment, right[..66] + scalar + right[^2..]));
    }

    [Fact]
    public void The_high_s_twin_of_a_right_signature()
    {
        var payment = _fixture.Payment();
        var signature = Golden.Hex(payment.Payload!.Signature);
        var order = System.Numerics.BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", System.Globalization.NumberStyles.HexNumber, null);
        var s = order - new System.Numerics.BigInteger(signature.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        var twin = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        twin.CopyTo(signature.AsSpan(64 - twin.Length));
        signature[64] = (byte)(27 + 28 - signature[64]);
        _fixture.AssertRefused(VerificationReasons.SignatureHighS, WithSignature(payment, "0x" + Convert.ToHexStringLower(signature)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x2c7536e3605d9c16a7a3d7b1898e529396a65c23")]
    [InlineData(Golden.Seller)]
    public void A_payer_that_is_not_from_to_the_letter(string payer) =>
        _fixture.AssertRefused(VerificationReasons.PayerMismatch, _fixture.Payment() with { Payer = payer });

    [Fact]
    public void A_server_nonce_that_is_not_the_authorisations()
    {
        var payment = _fixture.Payment();
        foreach (var other in new[]
        {
            "", Golden.BareNonce, payment.ServerNonce.ToUpperInvariant(), "0x" + payment.ServerNonce, payment.ServerNonce + "0", PaymentEnvelope.Preemptive,
        })
        {
            _fixture.AssertRefused(VerificationReasons.ServerNonceMismatch, payment with { ServerNonce = other });
        }
    }

    // Signed over the same 32 bytes, so it would settle: yet as text it is another nonce.
    [Fact]
    public void A_nonce_in_another_letter_case_is_another_nonce()
    {
        var payment = _fixture.Payment(a => a with { Nonce = "0x" + a.Nonce[2..].ToUpperInvariant() });
        Assert.NotEqual(payment.ServerNonce, payment.ServerNonce.ToLowerInvariant());
        _fixture.AssertRefused(VerificationReasons.ServerNonceMismatch, payment);
        _fixture.AssertRefused(VerificationReasons.ServerNonceMismatch, payment with { ServerNonce = payment.ServerNonce.ToLowerInvariant() });
        Assert.Equal(StreamErrorCode.PaymentNonceMismatch, VerificationReasons.ServerNonceMismatch.Code);
    }

    [Fact]
    public void A_payment_to_oneself()
    {
        _fixture.Offer = _fixture.Offer with { PayTo = Betar.Ethereum.Address.Parse(Golden.Buyer.ToLowerInvariant()) };
        _fixture.Terms = _fixture.Terms with { PayTo = _fixture.Offer.PayTo };
        _fixture.AssertRefused(VerificationReasons.SelfPayment, _fixture.Payment(a => a with { To = Golden.Buyer }));
    }

    [Fact]
    public void A_blocked_payer()
    {
        using var strict = new PaymentFixture(new VerificationOptions { BlockList = new BlockBuyer() });
        strict.AssertRefused(VerificationReasons.PayerBlocked, strict.Payment());
    }

    [Fact]
    public void A_nonce_of_the_payers_choice_is_off_by_default()
    {
        _fixture.AssertRefused(VerificationReasons.FirstUseNotAllowed, _fixture.Payment(), PaymentBinding.FirstUse);
        using var lenient = new PaymentFixture(new VerificationOptions { AllowFirstUse = true });
        var payment = lenient.Payment(a => a with { Nonce = Nonce.Random().ToString() }) with { ServerNonce = PaymentEnvelope.Preemptive };
        lenient.AssertAccepted(payment, PaymentBinding.FirstUse);
        lenient.AssertAccepted(payment with { ServerNonce = "" }, PaymentBinding.FirstUse);
    }

    private static PaymentEnvelope WithSignature(PaymentEnvelope payment, string signature) =>
        payment with { Payload = payment.Payload! with { Signature = signature } };

    private sealed class BlockBuyer : IPayerBlockList
    {
        public bool IsBlocked(Betar.Ethereum.Address payer) => payer == Betar.Ethereum.Address.Parse(Golden.Buyer.ToLowerInvariant());
    }
}
