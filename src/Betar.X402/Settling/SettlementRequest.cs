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

    /// <summary>The same for a permit, whose nonces another contract counts.</summary>
    public PermitUse? Permit { get; init; }

    /// <summary>Unix seconds before which it cannot have happened: no older block is looked at. Default 0.</summary>
    public ulong Since { get; init; }

    /// <summary>The account that must send it, where the contract takes it from one only. Default null: any.</summary>
    public Address? Sender { get; init; }

    /// <summary>Whether its contract makes a second transaction of it harmless. Without that, and without a nonce of the payer's, it is not sent again on a guess.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Whether the chain itself lets it happen once only.</summary>
    public bool IsGuarded => Use is not null || Permit is not null || MayRepeat;

    /// <summary>
    /// Whether only a transaction of exactly this call is proof: where neither the token's event of this transfer nor a contract's own tells
    /// it from another.
    /// </summary>
    public bool NeedsOwnCall => Authorization is null && Event is null;

    /// <summary>Whether a successful transaction with these logs did it. What expects nothing is proven by nothing, unless it may be repeated.</summary>
    public bool IsProvenBy(IReadOnlyList<LogEntry> logs) =>
        (Transfer is not null || Event is not null || MayRepeat) && (Event?.IsIn(logs) ?? true)
        && (Transfer is not { } transfer || (Use is { } use ? use.Moves(logs, transfer) : transfer.IsIn(logs)));

    public override string ToString() => $"settlement of {Key}";
}
