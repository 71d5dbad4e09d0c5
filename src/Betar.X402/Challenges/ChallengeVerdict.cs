namespace Betar.X402.Challenges;

/// <summary>What a nonce that came back is.</summary>
public enum ChallengeVerdict
{
    /// <summary>We made it for these terms, and it is still open.</summary>
    Valid,

    /// <summary>We made it for these terms, and its time is over.</summary>
    Expired,

    /// <summary>It was not made by us, or for other terms.</summary>
    Mismatch,

    /// <summary>Its key was rotated out, or never was ours.</summary>
    UnknownKey,
}
