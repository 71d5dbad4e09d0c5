namespace Betar.X402.Selling;

/// <summary>How far one debt came in one look.</summary>
public enum RefundEnd
{
    /// <summary>Not now: the chain was silent, or did not take it yet.</summary>
    Waiting = 0,

    PaidBack,

    /// <summary>The refund account has less than is owed.</summary>
    Uncovered,

    /// <summary>Not by a transfer of ours: the money is in a contract, the token is not on our list, or the refund's nonce was spent otherwise.</summary>
    ByHand,

    /// <summary>The work was begun again after all.</summary>
    Withdrawn,
}
