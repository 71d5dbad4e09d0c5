using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Protocol;
using Betar.X402.Verification;
using Betar.X402.Verification.Checks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>The rows of the scheme in their order, but that rows 5 to 8 come before the signature: what is cheap is asked first.</summary>
internal sealed class Eip3009Verify(Eip3009Options options, TimeProvider time)
{
    private static readonly IEnvelopeCheck[] Text = [new PayloadPresentCheck(), new FieldLengthCheck(), new NetworkCheck()];
    private static readonly IPaymentCheck[] Cheap = [new SignatureRangeCheck(), new LowSCheck(), new SelfPaymentCheck(), new BlockedPayerCheck()];
    private static readonly IPaymentCheck[] Fresh = [new RecipientCheck(), new ValidBeforeCheck(), new ValidAfterCheck(), new ValueCheck(), new WindowLengthCheck()];
    private static readonly SignatureCheck Signer = new();

    /// <summary>Rows 1 to 3, and every field's form.</summary>
    internal VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment)
    {
        payment = null;
        if (Eip3009Payment.ReadEnvelope(call.Payment) is not { } envelope)
        {
            return VerificationReasons.PayloadMissing;
        }

        if (envelope.Scheme != Requirement.Exact)
        {
            return VerificationReasons.Scheme;
        }

        var outcome = PaymentOffer.TryRead(call.Requirement.ToPaymentRequirements(), options.Assets, out var offer);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        outcome = ReadSigned(envelope, offer!, out var signed);
        payment = outcome.IsAccepted ? new Eip3009Payment(signed!, offer!, call.Requirement, call.Payment.Version) : null;
        return outcome;
    }

    /// <summary>Rows 5 to 8, and the window's length.</summary>
    internal VerificationOutcome CheckFresh(Eip3009Payment payment)
    {
        var outcome = Run(Fresh, payment);
        return outcome.Reason == VerificationReasons.ValueMismatch && payment.Version == WireVersions.First ? Eip3009Reasons.V1Value : outcome;
    }

    /// <summary>
    /// Row 4, under our table's domain. A seller that states another one is told so first: under its own the payer's signature may be right,
    /// and the token would refuse it all the same.
    /// </summary>
    internal static VerificationOutcome CheckSignature(Eip3009Payment payment)
    {
        var domain = payment.Offer.Asset.Domain;
        if (payment.Requirement.ExtraText("name") != domain.Name)
        {
            return VerificationReasons.TokenNameMismatch;
        }

        return payment.Requirement.ExtraText("version") != domain.Version
            ? VerificationReasons.TokenVersionMismatch
            : Signer.Check(payment.Signed, default);
    }

    /// <summary>Row 4 where wallets sign: the chain knows whether the payer is one.</summary>
    internal ValueTask<VerificationOutcome> CheckSignatureAsync(Eip3009Payment payment, CancellationToken cancellationToken)
    {
        Span<byte> digest = stackalloc byte[Hash32.Size];
        TransferAuthorizationHasher.Digest(payment.Offer.Asset.Domain, payment.Signed.Terms, digest);
        return WalletSignature.JudgeAsync(
            CheckSignature(payment), VerificationReasons.Signature, options.Chains, options.Verification, time, payment.Offer.Asset.Network, payment.Payer, new Hash32(digest), payment.Signed.Signature.ToArray(), cancellationToken);
    }

    /// <summary>Rows 9 and 10.</summary>
    internal ValueTask<VerificationOutcome> CheckChainAsync(Eip3009Payment payment, CancellationToken cancellationToken) =>
        options.Chains.TryFind(payment.Offer.Asset.Network, out var chain)
            ? new ChainVerifier(new EthereumChainProbe(chain)).CheckAsync(payment.Signed, cancellationToken)
            : ValueTask.FromResult<VerificationOutcome>(VerificationReasons.ChainUnreachable);

    private VerificationOutcome ReadSigned(PaymentEnvelope envelope, PaymentOffer offer, out SignedPayment? signed)
    {
        signed = null;
        var context = new CheckContext(offer, PaymentBinding.FirstUse, options.Verification, default);
        foreach (var check in Text)
        {
            if (check.Check(envelope, in context) is { } reason)
            {
                return reason;
            }
        }

        var outcome = SignedPaymentReader.TryRead(offer.Asset, envelope.Payload!, out signed, options.Verification.Wallets);
        return outcome.IsAccepted ? Run(Cheap, signed!, in context) : outcome;
    }

    private VerificationOutcome Run(IPaymentCheck[] checks, Eip3009Payment payment) =>
        Run(checks, payment.Signed, new CheckContext(payment.Offer, PaymentBinding.FirstUse, options.Verification, time.GetUtcNow()));

    private static VerificationOutcome Run(IPaymentCheck[] checks, SignedPayment signed, in CheckContext context)
    {
        foreach (var check in checks)
        {
            if (check.Check(signed, in context) is { } reason)
            {
                return reason;
            }
        }

        return VerificationOutcome.Accepted;
    }
}
