namespace Betar.X402.Protocol;

/// <summary>The seller's quote with its challenge.</summary>
public sealed record PaymentRequired : X402Reply
{
    public const string DefaultMessage = "Payment required";

    /// <summary>64 lower-case hex digits without 0x; it becomes the authorisation's nonce.</summary>
    public string ChallengeNonce { get; init; } = "";

    /// <summary>Unix seconds.</summary>
    public long ChallengeExpiresAt { get; init; }

    public PaymentRequirements? Requirements { get; init; }

    public string Message { get; init; } = DefaultMessage;

    public string SellerDid { get; init; } = "";
}
