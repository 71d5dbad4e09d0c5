using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>What became of a settlement.</summary>
public sealed record SettleResponse
{
    public required bool Success { get; init; }

    public string? ErrorReason { get; init; }

    public string? ErrorMessage { get; init; }

    public string? Payer { get; init; }

    /// <summary>The transaction's hash; empty when there is none.</summary>
    public string Transaction { get; init; } = "";

    /// <summary>CAIP-2; written as a name in version 1.</summary>
    public string Network { get; init; } = "";

    /// <summary>What was moved, where it may differ from what was asked.</summary>
    public string? Amount { get; init; }

    public JsonElement? Extensions { get; init; }

    public JsonElement? Extra { get; init; }

    /// <summary>Nothing was looked at further: ask again after this time. No part of the message; over HTTP it is a header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Not a failure: it may have happened, or may still.</summary>
    public bool IsPending => !Success && ErrorReason == WireReasons.SettlementPending;

    public static SettleResponse Failed(string reason, string network, string? payer = null, string? message = null) =>
        new() { Success = false, ErrorReason = reason, ErrorMessage = message, Network = network, Payer = payer };
}
