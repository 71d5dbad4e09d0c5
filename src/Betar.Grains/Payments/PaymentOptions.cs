namespace Betar.Grains.Payments;

/// <summary>How payments are carried through.</summary>
public sealed class PaymentOptions
{
    /// <summary>
    /// Time from the arrival of a paid request to its answer. Buyers of the original hang up after 30 s and never ask again, so
    /// what is not ready by then becomes a refund. Range 1 s to 5 min; default 25 s.
    /// </summary>
    public TimeSpan StreamBudget { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The same for a buyer that hears pieces of the answer while it waits: it is one of ours, and asks again. Range 1 s to 15 min; default 5 min.
    /// </summary>
    public TimeSpan PiecesBudget { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause before failed work is done again, where its agent wants that; each one is twice the one before. Range 0 to 10 s; default 200 ms.</summary>
    public TimeSpan TaskRetryPause { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Pause between looks at the orders that are still open. Range 100 ms to 1 h; default 5 s.</summary>
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause before an order that cannot go on is tried again; the first is <see cref="RecoveryInterval"/>. Up to 1 day; default 5 min.</summary>
    public TimeSpan RetryCeiling { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Open orders driven at once by recovery. Range 1 to 1,000; default 16.</summary>
    public int RecoveryConcurrency { get; set; } = 16;

    /// <summary>How long an ended payment stays in memory, for copies of its request that are on their way. Range 1 s to 10 min; default 10 s.</summary>
    public TimeSpan RestBeforeLeaving { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Validity of a refund's authorisation. Range 1 min to 7 days; default 1 day.</summary>
    public TimeSpan RefundValidity { get; set; } = TimeSpan.FromDays(1);
}
