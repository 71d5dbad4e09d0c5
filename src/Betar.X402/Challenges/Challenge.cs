namespace Betar.X402.Challenges;

/// <summary>A nonce for one quote, and until when it is good.</summary>
public readonly record struct Challenge(Nonce Nonce, DateTimeOffset ExpiresAt);
