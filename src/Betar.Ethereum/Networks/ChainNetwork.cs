using System.Globalization;

namespace Betar.Ethereum.Networks;

/// <summary>A chain and its USDC, as this house expects to find them. It is data: nothing here has been compared with the chain.</summary>
public sealed record ChainNetwork
{
    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    public required ulong ChainId { get; init; }

    /// <summary>The chain's name in CAIP-2.</summary>
    public string Caip2 => string.Create(CultureInfo.InvariantCulture, $"{NetworkCatalog.Caip2Prefix}{ChainId}");

    /// <summary>Whether its money is real.</summary>
    public required bool CarriesValue { get; init; }

    public required Address Usdc { get; init; }

    /// <summary>The token's name in its signing domain: not the same on each chain.</summary>
    public required string DomainName { get; init; }

    public required string DomainVersion { get; init; }

    public required int Decimals { get; init; }

    /// <summary>Blocks that must hold a payment before it counts: its own and those after it.</summary>
    public required int Confirmations { get; init; }

    /// <summary>Address of a block explorer, without a slash at its end.</summary>
    public string? Explorer { get; init; }

    /// <summary>Nodes to ask. They may carry a key in their path: never printed.</summary>
    public IReadOnlyList<Uri> RpcUrls { get; init; } = [];

    /// <summary>Where people look a transaction up; null without an explorer.</summary>
    public string? LinkTo(Hash32 transaction) => Explorer is null ? null : $"{Explorer}/tx/{transaction}";

    public override string ToString() => $"{Name} ({Caip2})";
}
