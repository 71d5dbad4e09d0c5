namespace Betar.Storage.Ledger;

/// <summary>Where a payment is. Those that the ledger keeps have a <see cref="LedgerKind"/>; the others live in memory only.</summary>
public enum PaymentState
{
    /// <summary>A price was named. Nothing is kept: the quote itself is the proof.</summary>
    Quoted = 0,

    /// <summary>The key is taken durably, and no transfer was sent yet.</summary>
    Reserved,

    /// <summary>The transfer is on its way to the chain, or waits for its confirmations.</summary>
    Settling,

    /// <summary>The transfer may have happened, and the chain has not said. Asked again, never signed again.</summary>
    Pending,

    /// <summary>The money is here, and the work has not begun.</summary>
    Settled,

    /// <summary>The executor has the task.</summary>
    Executing,

    /// <summary>The money is here, and nobody knows whether the work had begun or ended.</summary>
    Interrupted,

    /// <summary>The answer is durable. An end.</summary>
    Delivered,

    /// <summary>The money has to go back.</summary>
    RefundOwed,

    /// <summary>The money went back. An end.</summary>
    Refunded,

    /// <summary>The money never moved and never can. An end.</summary>
    Refused,
}
