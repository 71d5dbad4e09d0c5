namespace Betar.Storage.Ledger;

public enum LedgerFaultKind
{
    /// <summary>A field cannot be read as what it should be.</summary>
    Unreadable,

    /// <summary>A sequence number is not there.</summary>
    Missing,

    /// <summary>The fields do not have the hash that is stored.</summary>
    Hash,

    /// <summary>The stored previous hash is not the hash of the order's entry before.</summary>
    Link,

    /// <summary>An order's index is left out or twice there.</summary>
    Index,

    /// <summary>A kind follows one that it may not follow.</summary>
    Transition,

    /// <summary>The amount changes along an order.</summary>
    Amount,

    /// <summary>What came in is not delivered + refunded + held.</summary>
    Conservation,

    /// <summary>The sums, counts or open orders that are kept differ from those computed from the entries.</summary>
    Totals,

    /// <summary>A checkpoint is missing, or does not cover the entries as they are.</summary>
    Checkpoint,

    /// <summary>A checkpoint's signature is not its signer's, or the signer is not trusted.</summary>
    Signature,

    /// <summary>A table, index or trigger is not as this program made it.</summary>
    Schema,

    /// <summary>SQLite itself finds the file damaged.</summary>
    Damaged,
}
