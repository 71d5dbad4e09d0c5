using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>What a seller demands of an escrowed payment.</summary>
internal sealed record AuthCaptureTerms(
    AuthCaptureDeployment Deployment, Address Operator, ulong CaptureDeadline, ulong RefundDeadline, Address FeeReceiver, ushort MinFeeBps, ushort MaxFeeBps,
    Address ReceiverAuthorizer, Address Policy)
{
    private const long MaxTime = (1L << 48) - 1;

    /// <summary>With an authoriser or a policy the salt is bound to them.</summary>
    internal bool BindsSalt => !ReceiverAuthorizer.IsZero || !Policy.IsZero;

    /// <summary>Null when a member is missing or not in its form.</summary>
    internal static AuthCaptureTerms? Read(Requirement requirement)
    {
        if (requirement.Extra is not { } extra
            || AuthCaptureDeployment.Find(requirement.ExtraText("authCaptureEscrow")) is not { } deployment
            || !Address.TryParse(requirement.ExtraText("captureAuthorizer"), out var @operator)
            || !Address.TryParse(requirement.ExtraText("feeRecipient"), out var feeReceiver)
            || Number(extra, "captureDeadline", MaxTime) is not { } capture || Number(extra, "refundDeadline", MaxTime) is not { } refund
            || Number(extra, "minFeeBps", ushort.MaxValue) is not { } minFee || Number(extra, "maxFeeBps", ushort.MaxValue) is not { } maxFee
            || !TryOptional(requirement, "receiverAuthorizer", out var authorizer) || !TryOptional(requirement, "policy", out var policy))
        {
            return null;
        }

        return new AuthCaptureTerms(deployment, @operator, (ulong)capture, (ulong)refund, feeReceiver, (ushort)minFee, (ushort)maxFee, authorizer, policy);
    }

    internal PaymentInfo Info(PaymentOffer offer, Address payer, ulong preApprovalExpiry, UInt256 salt) => new(
        Operator, payer, offer.PayTo, offer.Asset.Address, offer.Amount, preApprovalExpiry, CaptureDeadline, RefundDeadline, MinFeeBps, MaxFeeBps, FeeReceiver, salt);

    private static long? Number(JsonElement extra, string name, long most) =>
        extra.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 && number <= most ? number : null;

    private static bool TryOptional(Requirement requirement, string name, out Address address)
    {
        address = Address.Zero;
        return requirement.ExtraText(name) is not { Length: > 0 } text || Address.TryParse(text, out address);
    }
}
