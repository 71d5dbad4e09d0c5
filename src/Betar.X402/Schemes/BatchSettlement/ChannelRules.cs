using Betar.X402.Verification;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What a voucher may ask of its channel; every book keeps to it.</summary>
public static class ChannelRules
{
    /// <summary>Before the work: exactly what was charged and this call's price are signed.</summary>
    public static VerificationOutcome CheckVoucher(ChannelState? state, AtomicAmount maxClaimable, AtomicAmount price)
    {
        var outcome = CheckBounds(state, maxClaimable);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        return AtomicAmount.TryAdd(state!.Charged, price, out var expected) && maxClaimable == expected
            ? VerificationOutcome.Accepted
            : BatchReasons.CumulativeMismatch;
    }

    /// <summary>Afterwards: no more is charged than is signed, in all.</summary>
    public static VerificationOutcome CheckCharge(ChannelState? state, AtomicAmount maxClaimable, AtomicAmount amount)
    {
        var outcome = CheckBounds(state, maxClaimable);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        return AtomicAmount.TryAdd(state!.Charged, amount, out var charged) && charged <= maxClaimable
            ? VerificationOutcome.Accepted
            : BatchReasons.ChargeExceedsSigned;
    }

    /// <summary>Whether this very charge was made already and nothing since.</summary>
    public static bool IsRepeat(ChannelState? state, AtomicAmount maxClaimable, string? step) =>
        step is not null && state is not null && state.LastStep == step && state.SignedMax == maxClaimable;

    private static VerificationOutcome CheckBounds(ChannelState? state, AtomicAmount maxClaimable)
    {
        if (state is null || state.Balance.IsZero)
        {
            return BatchReasons.ChannelNotFound;
        }

        if (maxClaimable > state.Balance)
        {
            return BatchReasons.ExceedsBalance;
        }

        return maxClaimable <= state.TotalClaimed ? BatchReasons.BelowClaimed : VerificationOutcome.Accepted;
    }
}
