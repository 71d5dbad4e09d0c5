namespace Betar.Grains.Abstractions.Settlement;

/// <summary>Outcome of one settlement.</summary>
[GenerateSerializer, Immutable, Alias("betar.settlement-result")]
public sealed record SettlementResult
{
    [Id(0)] public required SettlementState State { get; init; }
    [Id(1)] public string TransactionHash { get; init; } = "";

    /// <summary>The x402 reason when not settled.</summary>
    [Id(2)] public string Reason { get; init; } = "";
}
