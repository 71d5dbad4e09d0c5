using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>A facilitator's opinion of a payment.</summary>
public sealed record VerifyResponse
{
    public required bool IsValid { get; init; }

    public string? InvalidReason { get; init; }

    public string? InvalidMessage { get; init; }

    public string? Payer { get; init; }

    public JsonElement? Extra { get; init; }

    /// <summary>Nothing was looked at further: ask again after this time. No part of the message; over HTTP it is a header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static VerifyResponse Valid(string? payer) => new() { IsValid = true, Payer = payer };

    public static VerifyResponse Invalid(string reason, string? payer = null, string? message = null) =>
        new() { IsValid = false, InvalidReason = reason, InvalidMessage = message, Payer = payer };
}
