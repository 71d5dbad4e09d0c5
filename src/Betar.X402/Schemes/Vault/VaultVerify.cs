using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Vault;

/// <summary>Form, vault, parties, times, price, the nonce that ties the authorisation to terms and order, the signature.</summary>
internal sealed class VaultVerify(VaultOptions options, TimeProvider time)
{
    internal const string Scheme = "betar-vault";

    /// <summary>Beyond any window that is taken; times up to here can be counted with.</summary>
    internal const ulong MaxTime = (1UL << 40) - VaultDemand.MaxWindow;

    private readonly PaymentAssets _assets = new(options.Vaults.Select(known => known.Asset));

    internal VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment)
    {
        payment = null;
        if (call.Payment.Scheme != Scheme || call.Requirement.Scheme != Scheme)
        {
            return VaultReasons.Scheme;
        }

        var outcome = PaymentOffer.TryRead(call.Requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact }, _assets, out var offer);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        if (VaultDemand.Read(call.Requirement) is not { } demand)
        {
            return VaultReasons.Terms;
        }

        if (!options.Vaults.Any(known => known.Asset == offer!.Asset && known.Vault == demand.Vault))
        {
            return VaultReasons.Unknown;
        }

        return call.Payment.Network == call.Requirement.Network ? ReadSigned(call.Payment, offer!, demand, out payment) : VerificationReasons.NetworkMismatch;
    }

    internal VerificationOutcome CheckFresh(VaultPayment payment)
    {
        if (payment.Authorization.To != payment.Demand.Vault)
        {
            return VaultReasons.Recipient;
        }

        var outcome = CollectedDeposit.CheckFresh(payment.Authorization, payment.Offer, options.Verification, time.GetUtcNow());
        return outcome.IsAccepted && payment.Id != payment.Authorization.Nonce.Value ? VaultReasons.Escrow : outcome;
    }

    internal static VerificationOutcome CheckSignature(VaultPayment payment) =>
        CollectedDeposit.CheckSignature(payment.Authorization, payment.Offer, payment.Signature);

    internal ValueTask<VerificationOutcome> CheckSignatureAsync(VaultPayment payment, CancellationToken cancellationToken) => CollectedDeposit.CheckSignatureAsync(
        payment.Authorization, payment.Offer, payment.Signature, options.Chains, options.Verification, time, cancellationToken);

    internal ValueTask<VerificationOutcome> CheckChainAsync(VaultPayment payment, CancellationToken cancellationToken) =>
        CollectedDeposit.CheckChainAsync(options.Chains, payment.Offer, payment.Authorization, VaultSettle.Call(payment).ToCallRequest(), cancellationToken);

    private VerificationOutcome ReadSigned(PaymentPayload payload, PaymentOffer offer, VaultDemand demand, out SchemePayment? payment)
    {
        payment = null;
        if (!payload.Payload.TryGetProperty("saltNonce", out var member) || member.ValueKind != JsonValueKind.String
            || !Hash32.TryParse(member.GetString(), out var saltNonce))
        {
            return VerificationReasons.PayloadMissing;
        }

        var outcome = CollectedDeposit.TryRead(payload, offer, options.Verification, out var authorization, out var signature);
        if (outcome.IsAccepted && !demand.IsPossible(offer, authorization.From))
        {
            outcome = VaultReasons.Parties;
        }

        payment = outcome.IsAccepted ? new VaultPayment(authorization, signature, saltNonce, offer, demand) : null;
        return outcome;
    }
}
