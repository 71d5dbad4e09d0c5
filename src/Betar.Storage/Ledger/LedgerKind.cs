namespace Betar.Storage.Ledger;

/// <summary>What an entry says about its order. The numbers are in files: never change one.</summary>
public enum LedgerKind : byte
{
    /// <summary>The payment's key is taken; no money has moved.</summary>
    Reserved = 1,

    /// <summary>The money came in.</summary>
    Settled = 2,

    /// <summary>The answer is durable and can be fetched; the money is earned. An end.</summary>
    Delivered = 3,

    /// <summary>The money came in and must go back.</summary>
    RefundOwed = 4,

    /// <summary>The money went back. An end.</summary>
    Refunded = 5,

    /// <summary>The payment was refused by the chain, or is provably unused. An end.</summary>
    Refused = 6,
}
