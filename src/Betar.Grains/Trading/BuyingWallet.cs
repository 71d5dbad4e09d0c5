using Betar.Ethereum;

namespace Betar.Grains.Trading;

/// <summary>Which wallet pays for what this node buys.</summary>
public sealed record BuyingWallet(Address Address);
