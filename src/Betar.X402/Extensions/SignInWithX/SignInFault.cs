namespace Betar.X402.Extensions.SignInWithX;

/// <summary>Why a sign-in is not taken.</summary>
public enum SignInFault
{
    None = 0,
    Domain,
    Uri,
    Chain,
    IssuedAt,
    TooOld,
    InFuture,
    ExpirationTime,
    Expired,
    NotBefore,
    NotYetValid,
    Signature,

    /// <summary>Not ours, or used before.</summary>
    Nonce,
}
