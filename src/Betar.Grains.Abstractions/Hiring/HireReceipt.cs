namespace Betar.Grains.Abstractions.Hiring;

/// <summary>What one agent bought from another for a task of its own.</summary>
[GenerateSerializer, Immutable, Alias("betar.hire-receipt")]
public sealed record HireReceipt
{
    [Id(0)] public required string PurchaseId { get; init; }

    /// <summary>Who hired.</summary>
    [Id(1)] public required string Hirer { get; init; }
    [Id(2)] public required string AgentId { get; init; }

    /// <summary>What it cost, and before its end what it may cost; atomic units.</summary>
    [Id(3)] public required string Amount { get; init; }
    [Id(4)] public string PaymentKey { get; init; } = "";
    [Id(5)] public string TransactionHash { get; init; } = "";
    [Id(6)] public bool HasEnded { get; init; }
}
