using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Buying;

/// <summary>Result and receipt of a purchase.</summary>
[GenerateSerializer, Immutable, Alias("betar.purchase-result")]
public sealed record PurchaseResult
{
    [Id(0)] public required string PurchaseId { get; init; }
    [Id(1)] public required PurchaseStage Stage { get; init; }
    [Id(2)] public string Output { get; init; } = "";
    [Id(3)] public string PaymentKey { get; init; } = "";
    [Id(4)] public string Amount { get; init; } = "0";
    [Id(5)] public string PayTo { get; init; } = "";
    [Id(6)] public string TransactionHash { get; init; } = "";
    [Id(7)] public Refusal? Refusal { get; init; }

    /// <summary>Time in microseconds of each step, for the demo and the bench; empty when the result was read back.</summary>
    [Id(8)] public List<StepTime> Steps { get; init; } = [];
}
