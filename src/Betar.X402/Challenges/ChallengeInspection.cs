namespace Betar.X402.Challenges;

/// <summary>A verdict and the moment that the nonce names; the moment means nothing unless the nonce is ours.</summary>
public readonly record struct ChallengeInspection(ChallengeVerdict Verdict, DateTimeOffset ExpiresAt);
