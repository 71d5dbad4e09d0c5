using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>The content of a 402 answer (<c>PaymentRequired</c>).</summary>
public sealed record PaymentDemand
{
    public const string DefaultError = "Payment required";

    /// <summary>1 or 2.</summary>
    public int Version { get; init; } = WireVersions.Current;

    /// <summary>A sentence, or the reason why the last attempt was refused.</summary>
    public string? Error { get; init; }

    public required ResourceInfo Resource { get; init; }

    /// <summary>In the seller's order of preference.</summary>
    public required IReadOnlyList<Requirement> Accepts { get; init; }

    /// <summary>Extension id → its info and schema; an object.</summary>
    public JsonElement? Extensions { get; init; }
}
