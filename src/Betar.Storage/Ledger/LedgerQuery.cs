using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>Which entries to read, in the order of their sequence. What is null does not filter; filters narrow together.</summary>
public sealed record LedgerQuery
{
    public static LedgerQuery All { get; } = new();

    public PaymentKey? Payment { get; init; }

    public string? AgentId { get; init; }

    public Address? Payer { get; init; }

    public Nonce? Nonce { get; init; }

    public LedgerKind? Kind { get; init; }

    /// <summary>Entries of this moment and later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Entries before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The entries come with empty bodies: lists need none, and an answer may be large.</summary>
    public bool WithoutBodies { get; init; }

    /// <summary>Continue after this sequence (before it, when the newest come first). 0: from the start.</summary>
    public long After { get; init; }

    /// <summary>At most so many entries. 1 and up.</summary>
    public int Limit { get; init; } = int.MaxValue;

    public bool NewestFirst { get; init; }
}
