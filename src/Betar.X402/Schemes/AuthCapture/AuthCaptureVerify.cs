using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Form, terms, times, the nonce that ties the authorisation to the terms, the signature.</summary>
internal sealed class AuthCaptureVerify(AuthCaptureOptions options, TimeProvider time)
{
    internal const string Scheme = "auth-capture";

    /// <summary>Times up to here can be counted with.</summary>
    internal const ulong MaxTime = 1UL << 48;

    private const int MaxBps = 10_000;

    internal VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment)
    {
        payment = null;
        if (call.Payment.Scheme != Scheme || call.Requirement.Scheme != Scheme)
        {
            return AuthCaptureReasons.Scheme;
        }

        var outcome = PaymentOffer.TryRead(call.Requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact }, options.Assets, out var offer);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        if (AuthCaptureTerms.Read(call.Requirement) is not { } terms)
        {
            return AuthCaptureReasons.Terms;
        }

        if (call.Payment.Network != call.Requirement.Network)
        {
            return VerificationReasons.NetworkMismatch;
        }

        outcome = ReadSigned(call.Payment, offer!, terms, out var read);
        payment = outcome.IsAccepted ? read : null;
        return outcome;
    }

    internal VerificationOutcome CheckFresh(AuthCapturePayment payment)
    {
        var (authorization, terms, now) = (payment.Authorization, payment.Terms, time.GetUtcNow());
        if (authorization.To != terms.Deployment.Eip3009Collector)
        {
            return AuthCaptureReasons.Collector;
        }

        var outcome = CollectedDeposit.CheckFresh(authorization, payment.Offer, options.Verification, now);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        if (payment.ValidBefore > terms.CaptureDeadline || terms.CaptureDeadline > terms.RefundDeadline)
        {
            return AuthCaptureReasons.Deadlines;
        }

        return terms.MinFeeBps > terms.MaxFeeBps || terms.MaxFeeBps > MaxBps ? AuthCaptureReasons.Fees : CheckBinding(payment);
    }

    internal static VerificationOutcome CheckSignature(AuthCapturePayment payment) =>
        CollectedDeposit.CheckSignature(payment.Authorization, payment.Offer, payment.Signature);

    internal ValueTask<VerificationOutcome> CheckSignatureAsync(AuthCapturePayment payment, CancellationToken cancellationToken) => CollectedDeposit.CheckSignatureAsync(
        payment.Authorization, payment.Offer, payment.Signature, options.Chains, options.Verification, time, cancellationToken);

    internal ValueTask<VerificationOutcome> CheckChainAsync(AuthCapturePayment payment, CancellationToken cancellationToken) => CollectedDeposit.CheckChainAsync(
        options.Chains, payment.Offer, payment.Authorization, AuthCaptureSettle.Call(payment).ToCallRequest(payment.Terms.Operator), cancellationToken);

    private static VerificationOutcome CheckBinding(AuthCapturePayment payment)
    {
        var terms = payment.Terms;
        if (terms.BindsSalt
            && (payment.SaltNonce is not { } saltNonce || AuthCaptureHasher.BoundSalt(terms.ReceiverAuthorizer, terms.Policy, saltNonce) != payment.Salt))
        {
            return AuthCaptureReasons.Salt;
        }

        return AuthCaptureHasher.AuthorizationNonce(payment.Offer.Asset.Network, terms.Deployment.Escrow, payment.Info) == payment.Authorization.Nonce
            ? VerificationOutcome.Accepted
            : AuthCaptureReasons.Nonce;
    }

    private VerificationOutcome ReadSigned(PaymentPayload payload, PaymentOffer offer, AuthCaptureTerms terms, out AuthCapturePayment? payment)
    {
        payment = null;
        if (!TryNumber(payload.Payload, "salt", out var salt) || salt is null || !TryNumber(payload.Payload, "saltNonce", out var saltNonce))
        {
            return VerificationReasons.PayloadMissing;
        }

        var outcome = CollectedDeposit.TryRead(payload, offer, options.Verification, out var authorization, out var signature);
        payment = outcome.IsAccepted ? new AuthCapturePayment(authorization, signature, salt.Value, saltNonce, offer, terms) : null;
        return outcome;
    }

    // As the official client writes it, in hex.
    private static bool TryNumber(JsonElement payload, string name, out UInt256? number)
    {
        number = null;
        if (!payload.TryGetProperty(name, out var value))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String || !Hash32.TryParse(value.GetString(), out var hash))
        {
            return false;
        }

        number = UInt256.ReadBigEndian(hash.ToArray());
        return true;
    }
}
