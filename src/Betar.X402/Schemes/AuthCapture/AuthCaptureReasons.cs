using Betar.X402.Protocol;
using Betar.X402.Verification;
using static Betar.X402.Protocol.StreamErrorCode;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Why an escrowed payment was refused. The official packages judge none, so the strings are ours where no other fits.</summary>
public static class AuthCaptureReasons
{
    internal const string AuthorizeFailed = "betar_auth_capture_authorize_failed";

    public static VerificationReason Scheme { get; } = New("betar_auth_capture_scheme", false);

    /// <summary>The requirement lacks a member, or names an escrow that is not ours to know.</summary>
    public static VerificationReason Terms { get; } = New("betar_auth_capture_terms_malformed", false);

    /// <summary>Deadlines that do not follow each other, or fees out of range: the escrow would refuse them.</summary>
    public static VerificationReason Deadlines { get; } = New("betar_auth_capture_deadlines");

    public static VerificationReason Fees { get; } = New("betar_auth_capture_fees");

    public static VerificationReason Collector { get; } = New("betar_auth_capture_collector_mismatch");

    /// <summary>The salt is not bound to the seller's authoriser and policy.</summary>
    public static VerificationReason Salt { get; } = New("betar_auth_capture_salt_mismatch");

    /// <summary>The authorisation's nonce is not this payment's hash: it would pay for other terms.</summary>
    public static VerificationReason Nonce { get; } = New("betar_auth_capture_nonce_mismatch");

    private static VerificationReason New(string text, bool onlyForNew = true) => new(text, PaymentInvalid, onlyForNew);
}
