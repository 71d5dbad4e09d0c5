using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>One payment that is to be brought onto its chain, once.</summary>
public sealed record SettlementRequest
{
    /// <summary>What makes it that payment: whoever asks again with the same key asks about the same settlement.</summary>
    public required PaymentKey Key { get; init; }

    /// <summary>What the transaction does.</summary>
    public required ContractCall Call { get; init; }

    /// <summary>The token's event that the receipt must carry: without it nothing was paid. Null for a step that moves no money.</summary>
    public required ExpectedTransfer? Transfer { get; init; }

    /// <summary>A contract's event that must stand beside it, where a transfer alone would not say that the contract took note.</summary>
    public ExpectedEvent? Event { get; init; }

    /// <summary>Unix seconds: afterwards the chain takes it no more.</summary>
    public required ulong ValidBefore { get; init; }

    /// <summary>The payer's authorisation where the scheme has one of EIP-3009: the chain can be asked what became of it.</summary>
    public SignedTransferAuthorization? Authorization { get; init; }

    /// <summary>Where the chain can be asked what became of it. Default: the authorisation's nonce, where there is one.</summary>
    public AuthorizationUse? Use
    {
        get => field ?? (Authorization is { } own && Transfer is { } transfer ? new AuthorizationUse(transfer.Token, own.From, own.Nonce) : null);
        init;
    }

    /// <summary>Whether a successful transaction with these logs did it. What expects nothing is proven by nothing.</summary>
    public bool IsProvenBy(IReadOnlyList<LogEntry> logs) =>
        (Transfer is not null || Event is not null) && (Transfer?.IsIn(logs) ?? true) && (Event?.IsIn(logs) ?? true);

    public override string ToString() => $"settlement of {Key}";
}
