namespace Betar.Grains.Abstractions.Buying;

/// <summary>Asks to set an amount aside for one purchase.</summary>
[GenerateSerializer, Immutable, Alias("betar.spend-request")]
public sealed record SpendRequest
{
    [Id(0)] public required string PurchaseId { get; init; }
    [Id(1)] public required string Payee { get; init; }
    [Id(2)] public required string Amount { get; init; }

    /// <summary>The mandate that covers the spend, or empty for the owner's own.</summary>
    [Id(3)] public string MandateId { get; init; } = "";
}
