using System.Text.Json;

namespace Betar.X402.Wire;

/// <summary>A payment as it travels in a header. Until it is settled its content is as good as money: it is never printed.</summary>
public sealed record PaymentPayload
{
    /// <summary>1 or 2.</summary>
    public int Version { get; init; } = WireVersions.Current;

    public required string Scheme { get; init; }

    /// <summary>CAIP-2; a name of version 1 that is not known stays as it came.</summary>
    public required string Network { get; init; }

    /// <summary>The offer that the buyer chose, copied; version 1 has none.</summary>
    public Requirement? Accepted { get; init; }

    public ResourceInfo? Resource { get; init; }

    /// <summary>What the scheme defines; an object.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>The seller's extensions, echoed; an object.</summary>
    public JsonElement? Extensions { get; init; }

    public override string ToString() => $"payment of version {Version}, {Scheme} on {Network}";
}
