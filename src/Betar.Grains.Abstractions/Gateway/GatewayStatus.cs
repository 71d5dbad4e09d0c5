namespace Betar.Grains.Abstractions.Gateway;

/// <summary>The gateway as its silo sees it.</summary>
[GenerateSerializer, Immutable, Alias("betar.gateway-status")]
public sealed record GatewayStatus
{
    [Id(0)] public required string Silo { get; init; }
    [Id(1)] public GatewayState State { get; init; }

    /// <summary>Of the term; 0: there was none yet.</summary>
    [Id(2)] public long Epoch { get; init; }

    /// <summary>When it came to this state.</summary>
    [Id(3)] public DateTimeOffset Since { get; init; }

    /// <summary>Where peers come in, as long as they can.</summary>
    [Id(4)] public List<string> Addresses { get; init; } = [];

    /// <summary>What stands in the way; empty: nothing.</summary>
    [Id(5)] public string Reason { get; init; } = "";
}
