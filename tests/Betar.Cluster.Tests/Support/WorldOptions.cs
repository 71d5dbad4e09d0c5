using Betar.Grains.Settlement;

namespace Betar.Cluster.Tests.Support;

/// <summary>What a test wants different in its world.</summary>
internal sealed record WorldOptions
{
    public short Silos { get; init; } = 1;

    /// <summary>Recovery looks at the start of a silo, and then after this. An hour: only at the start.</summary>
    public TimeSpan RecoveryInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest pause between two tries of an open order.</summary>
    public TimeSpan RetryCeiling { get; init; } = TimeSpan.FromSeconds(1);

    public int RecoveryConcurrency { get; init; } = 16;

    public TimeSpan TaskRetryPause { get; init; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan RestBeforeLeaving { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan StreamBudget { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>For buyers that hear pieces of the answer.</summary>
    public TimeSpan PiecesBudget { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Short only where answers are lost on purpose.</summary>
    public TimeSpan ReceiptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public int Confirmations { get; init; } = 1;

    public TimeSpan ConfirmationTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Accounts that send transactions.</summary>
    public int Settlers { get; init; } = 1;

    /// <summary>Transfers in one transaction.</summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>What is offered for gas; null: nothing.</summary>
    public IGasFees? Fees { get; init; }

    /// <summary>Who brings payments onto the chain; null: the silos' own settlers.</summary>
    public IPaymentSettling? Settling { get; init; }

    /// <summary>The desk takes no payment while the chain is away or too expensive. Off: what becomes of one that was taken is to be seen.</summary>
    public bool RequireSettlement { get; init; }

    /// <summary>The desk takes no payment of an account without the money. Off: what becomes of one that was taken is to be seen.</summary>
    public bool RequirePayerFunds { get; init; }

    /// <summary>What the refund account starts with.</summary>
    public ulong RefundFloat { get; init; } = 1_000_000;

    public int Repeats { get; init; } = 2;

    /// <summary>How long buyers wait for sellers. Short only where nobody answers on purpose.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
