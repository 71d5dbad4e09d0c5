namespace Betar.X402.Extensions.SignInWithX;

/// <summary>What a check of a sign-in found.</summary>
public readonly record struct SignInVerdict(SignInFault Fault)
{
    public bool IsValid => Fault == SignInFault.None;

    /// <summary>The official packages' strings, where they have one.</summary>
    public string Reason => Fault switch
    {
        SignInFault.None => "",
        SignInFault.Domain => "invalid_siwx_domain_mismatch",
        SignInFault.Uri => "invalid_siwx_uri_mismatch",
        SignInFault.Chain => "invalid_siwx_unsupported_chain",
        SignInFault.IssuedAt => "invalid_siwx_issued_at",
        SignInFault.TooOld => "invalid_siwx_issued_at_too_old",
        SignInFault.InFuture => "invalid_siwx_issued_at_in_future",
        SignInFault.ExpirationTime => "invalid_siwx_expiration_time",
        SignInFault.Expired => "invalid_siwx_expired",
        SignInFault.NotBefore => "invalid_siwx_not_before",
        SignInFault.NotYetValid => "invalid_siwx_not_yet_valid",
        SignInFault.Nonce => "invalid_siwx_nonce",
        _ => "invalid_siwx_signature",
    };
}
