namespace Betar.Grains.Abstractions.Buying;

/// <summary>What a buyer wants, decided before anything is signed.</summary>
[GenerateSerializer, Immutable, Alias("betar.purchase-intent")]
public sealed record PurchaseIntent
{
    /// <summary>Where the seller answers.</summary>
    [Id(0)] public required string Seller { get; init; }
    [Id(1)] public required string AgentId { get; init; }
    [Id(2)] public required string Input { get; init; }

    /// <summary>The address that pays.</summary>
    [Id(3)] public required string Wallet { get; init; }

    /// <summary>The most this task may cost, atomic units: the listing's price plus any tolerance.</summary>
    [Id(4)] public required string MaxAmount { get; init; }

    /// <summary>The payee the listing names; another one in the offer is refused.</summary>
    [Id(5)] public required string PayTo { get; init; }
    [Id(6)] public string MandateId { get; init; } = "";

    /// <summary>How many agents hired one another before; the seller is told.</summary>
    [Id(7)] public int Depth { get; init; }

    /// <summary>The buyer accepts that the payment is kept when the work fails.</summary>
    [Id(8)] public bool AcceptKeep { get; init; }
}
