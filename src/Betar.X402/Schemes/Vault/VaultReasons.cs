using Betar.X402.Protocol;
using Betar.X402.Verification;
using static Betar.X402.Protocol.StreamErrorCode;

namespace Betar.X402.Schemes.Vault;

/// <summary>Why a payment into a vault was refused. The scheme is ours, and so are the strings where no other fits.</summary>
public static class VaultReasons
{
    internal const string DepositFailed = "betar_vault_deposit_failed";

    public static VerificationReason Scheme { get; } = New("betar_vault_scheme", false);

    /// <summary>The requirement lacks a member, or one is out of range.</summary>
    public static VerificationReason Terms { get; } = New("betar_vault_terms_malformed", false);

    /// <summary>The vault is none of ours for this token.</summary>
    public static VerificationReason Unknown { get; } = New("betar_vault_not_known", false);

    /// <summary>Parties that the vault would refuse: one of them twice, or the vault itself; or nothing to pay.</summary>
    public static VerificationReason Parties { get; } = New("betar_vault_parties", false);

    /// <summary>The money would go elsewhere than into the vault.</summary>
    public static VerificationReason Recipient { get; } = New("betar_vault_recipient_mismatch");

    /// <summary>The authorisation's nonce is not the hash of these terms for this order: it would pay for others.</summary>
    public static VerificationReason Escrow { get; } = New("betar_vault_escrow_mismatch");

    private static VerificationReason New(string text, bool onlyForNew = true) => new(text, PaymentInvalid, onlyForNew);
}
