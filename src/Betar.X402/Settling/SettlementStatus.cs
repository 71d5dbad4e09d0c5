namespace Betar.X402.Settling;

/// <summary>How a settlement stands.</summary>
public enum SettlementStatus
{
    /// <summary>It may have happened, or may still: nobody knows yet. The default, so that nothing becomes a success by being forgotten.</summary>
    Pending = 0,

    /// <summary>The transfer is on the chain.</summary>
    Settled,

    /// <summary>The transaction is on the chain and did nothing.</summary>
    Reverted,

    /// <summary>The transaction succeeded without the transfer.</summary>
    TransferMissing,

    /// <summary>The authorisation was used for something else, or cancelled.</summary>
    Used,

    /// <summary>Nothing was sent for it, as far as anybody can see.</summary>
    Unused,

    /// <summary>Nothing was sent, and nothing will be.</summary>
    Refused,
}
