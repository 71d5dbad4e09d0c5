using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>One payment that is to be brought onto its chain, once.</summary>
public sealed record SettlementRequest
{
    /// <summary>What makes it that payment: whoever asks again with the same key asks about the same settlement.</summary>
    public required PaymentKey Key { get; init; }

    /// <summary>What the transaction does.</summary>
    public required ContractCall Call { get; init; }

    /// <summary>The token's event that the receipt must carry: without it nothing was paid.</summary>
    public required ExpectedTransfer Transfer { get; init; }

    /// <summary>Unix seconds: afterwards the chain takes it no more.</summary>
    public required ulong ValidBefore { get; init; }

    /// <summary>The payer's authorisation where the scheme has one of EIP-3009: the chain can be asked what became of it.</summary>
    public SignedTransferAuthorization? Authorization { get; init; }

    public override string ToString() => $"settlement of {Key}";
}
