using System.Collections.Frozen;
using Betar.X402.Verification;
using Betar.X402.Wire;
using static Betar.X402.Verification.VerificationReasons;

namespace Betar.X402.Facilitating;

/// <summary>Other programs know the protocol's strings only: checks of ours answer with the nearest one and keep their own word beside it.</summary>
public static class FacilitatorReasons
{
    /// <summary>Our word for a payer who asks too often.</summary>
    public const string PayerLimit = "betar_payer_limit";

    private static readonly FrozenDictionary<VerificationReason, string> Known = new Dictionary<VerificationReason, string>
    {
        [PayloadMissing] = WireReasons.InvalidPayload,
        [FieldTooLong] = WireReasons.InvalidPayload,
        [AddressMalformed] = WireReasons.InvalidPayload,
        [NumberMalformed] = WireReasons.InvalidPayload,
        [NonceMalformed] = WireReasons.InvalidPayload,
        [SelfPayment] = WireReasons.InvalidPayload,
        [PayerBlocked] = WireReasons.InvalidPayload,
        [SignatureMalformed] = Signature.Text,
        [SignatureV] = Signature.Text,
        [SignatureRange] = Signature.Text,
        [SignatureHighS] = Signature.Text,
        [NetworkNotAccepted] = WireReasons.InvalidNetwork,
        [AssetNotAccepted] = WireReasons.InvalidRequirements,
        [RequirementsMalformed] = WireReasons.InvalidRequirements,
        [WindowTooLong] = ValidBefore.Text,
        [NonceReserved] = NonceAlreadyUsed.Text,
        [ChainUnreachable] = WireReasons.UnexpectedVerifyError,
    }.ToFrozenDictionary();

    /// <summary>The protocol's own string, or the nearest one.</summary>
    public static string Wire(VerificationReason reason) => Known.GetValueOrDefault(reason, reason.Text);

    /// <summary>Our own word where it says more than the protocol's.</summary>
    public static string? Message(VerificationReason reason) => Known.ContainsKey(reason) ? reason.Text : null;
}
