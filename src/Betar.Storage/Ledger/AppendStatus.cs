namespace Betar.Storage.Ledger;

public enum AppendStatus
{
    /// <summary>The entry is on disk.</summary>
    Appended,

    /// <summary>The index is taken: somebody was faster. The result carries the entry that is there.</summary>
    Conflict,

    /// <summary>The kind may not follow the order's last one, an index was left out, or the amount differs.</summary>
    IllegalTransition,

    /// <summary>The ledger takes no more entries: it is closing or closed.</summary>
    Closed,
}
