using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Protocol;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Verification;
using Betar.X402.Verification.Checks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Form, terms, times, the nonce that ties the authorisation to the terms, the signature.</summary>
internal sealed class AuthCaptureVerify(AuthCaptureOptions options, TimeProvider time)
{
    internal const string Scheme = "auth-capture";
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
        if (outcome.IsAccepted && read!.Payer == offer!.PayTo)
        {
            outcome = VerificationReasons.SelfPayment;
        }

        if (outcome.IsAccepted && options.Verification.BlockList.IsBlocked(read!.Payer))
        {
            outcome = VerificationReasons.PayerBlocked;
        }

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

        if (authorization.ValidBefore < CheckContext.ToSeconds(now + options.Verification.ExpiryMargin))
        {
            return VerificationReasons.ValidBefore;
        }

        if (authorization.ValidAfter > CheckContext.ToSeconds(now))
        {
            return VerificationReasons.ValidAfter;
        }

        if (authorization.Value != payment.Offer.Amount)
        {
            return VerificationReasons.ValueMismatch;
        }

        if (authorization.ValidBefore > CheckContext.ToSeconds(now + payment.Offer.MaxTimeout + options.Verification.WindowTolerance))
        {
            return VerificationReasons.WindowTooLong;
        }

        if (payment.ValidBefore > terms.CaptureDeadline || terms.CaptureDeadline > terms.RefundDeadline)
        {
            return AuthCaptureReasons.Deadlines;
        }

        return terms.MinFeeBps > terms.MaxFeeBps || terms.MaxFeeBps > MaxBps ? AuthCaptureReasons.Fees : CheckBinding(payment);
    }

    internal static VerificationOutcome CheckSignature(AuthCapturePayment payment) =>
        TypedSignature.IsBy(payment.Payer, ReceiveAuthorization.Data(payment.Offer.Asset.Domain, payment.Authorization).Digest, payment.Signature)
            ? VerificationOutcome.Accepted
            : VerificationReasons.Signature;

    internal async ValueTask<VerificationOutcome> CheckChainAsync(AuthCapturePayment payment, CancellationToken cancellationToken)
    {
        if (!options.Chains.TryFind(payment.Offer.Asset.Network, out var chain))
        {
            return VerificationReasons.ChainUnreachable;
        }

        var used = await new Eip3009Token(chain, payment.Offer.Asset.Address).AuthorizationStateAsync(payment.Payer, payment.Authorization.Nonce.Value, cancellationToken);
        if (used.TryGetValue(out var isUsed) && isUsed)
        {
            return VerificationReasons.NonceAlreadyUsed;
        }

        var simulation = await chain.CallAsync(AuthCaptureSettle.Call(payment).ToCallRequest(payment.Terms.Operator), cancellationToken);
        return simulation.Status switch
        {
            RpcStatus.Value => VerificationOutcome.Accepted,
            RpcStatus.Error or RpcStatus.InvalidResponse => VerificationReasons.SimulationFailed,
            _ => VerificationReasons.ChainUnreachable,
        };
    }

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
        if (Eip3009Payment.ReadEnvelope(payload) is not { Payload: { Authorization: { } authorization } content } envelope
            || !TryNumber(payload.Payload, "salt", out var salt) || salt is null || !TryNumber(payload.Payload, "saltNonce", out var saltNonce))
        {
            return VerificationReasons.PayloadMissing;
        }

        if (new FieldLengthCheck().Check(envelope, new CheckContext(offer, PaymentBinding.FirstUse, options.Verification, default)) is { } tooLong)
        {
            return tooLong;
        }

        var outcome = SignedPaymentReader.TryRead(offer.Asset, content, out var signed);
        if (outcome.IsAccepted)
        {
            outcome = TypedSignature.Read(content.Signature, out var signature);
            payment = new AuthCapturePayment(signed!.Terms, signature, salt.Value, saltNonce, offer, terms);
        }

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
