using Betar.Ethereum;

namespace Betar.X402.Schemes.Permit2;

/// <summary>The contracts that stand at the same address on every chain.</summary>
public static class Permit2Contracts
{
    public static Address Permit2 { get; } = Address.Parse("0x000000000022D473030F116dDEE9F6B43aC78BA3");

    /// <summary>Moves exactly what was permitted.</summary>
    public static Address ExactProxy { get; } = Address.Parse("0x402085c248EeA27D92E8b30b2C58ed07f9E20001");

    /// <summary>Moves at most what was permitted, for the named facilitator only.</summary>
    public static Address UptoProxy { get; } = Address.Parse("0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002");

    /// <summary>Enough for a first transfer to a new account through both contracts.</summary>
    public const ulong SettleGasLimit = 300_000;
}
