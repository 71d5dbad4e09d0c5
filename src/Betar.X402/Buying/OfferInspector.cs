using Betar.Ethereum;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.X402.Buying;

/// <summary>Compares a seller's demand with the buyer's policy. Every demand gets an answer; none can make it throw.</summary>
public static class OfferInspector
{
    public static OfferRefusal Inspect(PaymentRequirements? requirements, OfferPolicy policy, Address payer, out PaymentOffer? offer)
    {
        offer = null;
        var outcome = PaymentOffer.TryRead(requirements, policy.Assets, out var read);
        if (!outcome.IsAccepted)
        {
            return Translate(outcome.Reason);
        }

        var refusal = Compare(read!, requirements!.Extra!, policy, payer);
        offer = refusal == OfferRefusal.None ? read : null;
        return refusal;
    }

    private static OfferRefusal Compare(PaymentOffer offer, PaymentExtra stated, OfferPolicy policy, Address payer)
    {
        if (offer.Asset.Network != policy.Network)
        {
            return OfferRefusal.Network;
        }

        var domain = offer.Asset.Domain;
        if (stated.Name != domain.Name || stated.Version != domain.Version)
        {
            return OfferRefusal.Domain;
        }

        if (offer.PayTo.IsZero || offer.PayTo == payer)
        {
            return OfferRefusal.PayeeImpossible;
        }

        if (policy.Payee is { } payee && offer.PayTo != payee)
        {
            return OfferRefusal.Payee;
        }

        if (offer.Amount > policy.Limit)
        {
            return OfferRefusal.Amount;
        }

        if (offer.KeepsFailed && !policy.AcceptsKeep)
        {
            return OfferRefusal.KeepsPayment;
        }

        return offer.MaxTimeout < policy.MinTimeout || offer.MaxTimeout > policy.MaxTimeout ? OfferRefusal.Timeout : OfferRefusal.None;
    }

    private static OfferRefusal Translate(VerificationReason reason)
    {
        if (reason == VerificationReasons.Scheme)
        {
            return OfferRefusal.Scheme;
        }

        if (reason == VerificationReasons.MissingDomain)
        {
            return OfferRefusal.Domain;
        }

        if (reason == VerificationReasons.NetworkNotAccepted)
        {
            return OfferRefusal.Network;
        }

        return reason == VerificationReasons.AssetNotAccepted ? OfferRefusal.Asset : OfferRefusal.Malformed;
    }
}
