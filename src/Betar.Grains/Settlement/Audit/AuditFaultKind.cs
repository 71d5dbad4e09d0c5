namespace Betar.Grains.Settlement.Audit;

/// <summary>How ledger and chain can disagree. The names are stable: operators and scripts read them.</summary>
public enum AuditFaultKind
{
    /// <summary>An entry that must name a transaction names none.</summary>
    NoHash,

    /// <summary>The chain does not have the transaction that an entry names.</summary>
    NotOnChain,

    /// <summary>The transaction that an entry names failed.</summary>
    Reverted,

    /// <summary>The transaction moved something else: another payer, payee, amount or nonce.</summary>
    OtherTransfer,

    /// <summary>The entry's amount is not the amount that was authorised.</summary>
    Amount,

    /// <summary>The chain moved the money of an order that the ledger calls refused.</summary>
    RefusedButPaid,

    /// <summary>Our account was paid by an authorisation of which the ledger knows nothing.</summary>
    PaidUnrecorded,

    /// <summary>Money left the refund account, and no order says why.</summary>
    LeftUnexplained,
}
