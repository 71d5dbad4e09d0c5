using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>The contracts that stand at the same address on every chain, and what they hold channels to.</summary>
public static class BatchContracts
{
    public const string Scheme = "batch-settlement";

    /// <summary>Shortest time between a payer's wish to withdraw and the withdrawal, in seconds.</summary>
    public const ulong MinWithdrawDelay = 900;

    public const ulong MaxWithdrawDelay = 2_592_000;

    public const ulong DepositGasLimit = 300_000;

    public static Address Settlement { get; } = Address.Parse("0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003");

    /// <summary>Takes deposits by authorisations of the token.</summary>
    public static Address Eip3009Collector { get; } = Address.Parse("0x4020806089470a89826cB9fB1f4059150b550004");
}
