using Betar.Ethereum;
using Betar.X402.Protocol;
using Betar.X402.Verification;
using Betar.X402.Verification.Checks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Permit2;

/// <summary>The rows of a permit in the SDK's order, with checks of ours before any chain call.</summary>
internal sealed class Permit2Verify(Permit2Profile profile, TimeProvider time)
{
    internal VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment)
    {
        payment = null;
        if (call.Payment.Scheme != profile.Scheme || call.Requirement.Scheme != profile.Scheme)
        {
            return profile.WrongScheme;
        }

        var outcome = ReadOffer(call.Requirement, out var offer);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        if (call.Payment.Network != call.Requirement.Network)
        {
            return profile.WrongNetwork;
        }

        outcome = Permit2Reader.TryRead(
            call.Payment.Payload, profile.NamesFacilitator, profile.Verification, out var from, out var terms, out var signature);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        var read = new Permit2Payment(from, terms!, signature, offer!, profile.NamesFacilitator);
        outcome = CheckCheap(read);
        payment = outcome.IsAccepted ? read : null;
        return outcome;
    }

    internal VerificationOutcome CheckFresh(Permit2Payment payment, SchemeStep step)
    {
        var (terms, offer) = (payment.Terms, payment.Offer);
        var now = time.GetUtcNow();
        if (terms.Spender != profile.Spender)
        {
            return Permit2Reasons.Spender;
        }

        if (terms.To != offer.PayTo)
        {
            return Permit2Reasons.Recipient;
        }

        if (profile.Facilitators is { } allowed && !allowed.Contains(terms.Facilitator!.Value))
        {
            return Permit2Reasons.Facilitator;
        }

        if (terms.Deadline < CheckContext.ToSeconds(now + profile.Verification.ExpiryMargin))
        {
            return Permit2Reasons.Deadline;
        }

        if (terms.ValidAfter > CheckContext.ToSeconds(now))
        {
            return Permit2Reasons.NotYetValid;
        }

        var amount = CheckAmount(terms.Amount, offer.Amount, step);
        if (!amount.IsAccepted)
        {
            return amount;
        }

        if (terms.Token != offer.Asset.Address)
        {
            return Permit2Reasons.Token;
        }

        return terms.Deadline > CheckContext.ToSeconds(now + offer.MaxTimeout + profile.Verification.WindowTolerance)
            ? VerificationReasons.WindowTooLong
            : VerificationOutcome.Accepted;
    }

    internal static VerificationOutcome CheckSignature(Permit2Payment payment) =>
        TypedSignature.IsBy(payment.Payer, Permit2Hasher.Data(payment.Offer.Asset.Network, payment.Terms).Digest, payment.Signature)
            ? VerificationOutcome.Accepted
            : Permit2Reasons.Signature;

    /// <summary>The same where the payer may be a contract: Permit2 asks it too.</summary>
    internal ValueTask<VerificationOutcome> CheckSignatureAsync(Permit2Payment payment, CancellationToken cancellationToken) => WalletSignature.JudgeAsync(
        CheckSignature(payment), Permit2Reasons.Signature, profile.Chains, profile.Verification, time, payment.Offer.Asset.Network, payment.Payer,
        Permit2Hasher.Data(payment.Offer.Asset.Network, payment.Terms).Digest, payment.Signature.ToArray(), cancellationToken);

    internal ValueTask<VerificationOutcome> CheckChainAsync(Permit2Payment payment, ContractCall settlement, Address? sender, CancellationToken cancellationToken) =>
        profile.Chains.TryFind(payment.Offer.Asset.Network, out var chain)
            ? new Permit2Chain(chain).CheckAsync(payment, settlement, sender, cancellationToken)
            : ValueTask.FromResult<VerificationOutcome>(VerificationReasons.ChainUnreachable);

    // What is charged in the end may be less than what was permitted, where the scheme is for that.
    private VerificationOutcome CheckAmount(AtomicAmount permitted, AtomicAmount asked, SchemeStep step)
    {
        if (step == SchemeStep.Settle && profile.NamesFacilitator)
        {
            return asked > permitted ? Permit2Reasons.ExceedsAmount : VerificationOutcome.Accepted;
        }

        return permitted == asked ? VerificationOutcome.Accepted : Permit2Reasons.Amount;
    }

    private VerificationOutcome CheckCheap(Permit2Payment payment)
    {
        if (payment.Payer == payment.Terms.To)
        {
            return VerificationReasons.SelfPayment;
        }

        return profile.Verification.BlockList.IsBlocked(payment.Payer) ? VerificationReasons.PayerBlocked : VerificationOutcome.Accepted;
    }

    // Permits name no domain of the token, so a requirement need not either.
    private VerificationOutcome ReadOffer(Requirement requirement, out PaymentOffer? offer) => PaymentOffer.TryRead(
        requirement.ToPaymentRequirements() with { Scheme = PaymentRequirements.ExactScheme, Extra = AnyDomain }, profile.Assets, out offer);

    private static readonly PaymentExtra AnyDomain = new("any", "any");
}
