using Betar.Grains.Abstractions.Hiring;
using Betar.Grains.Buying;
using Betar.X402;

namespace Betar.Grains.Hiring;

/// <summary>The receipts hang on the order that they were bought for: its payment key is the grain's.</summary>
internal sealed class HireGrain([PersistentState("hires", BetarStorage.Name)] IPersistentState<HireState> state) : Grain, IHireGrain
{
    public async Task<Outcome<HireReceipt>> Begin(HireReceipt hire, string limitAtomic, int mostHires)
    {
        List<HireReceipt> hires = state.State.Hires;
        if (hires.Find(known => known.PurchaseId == hire.PurchaseId) is { } earlier)
        {
            if (!earlier.HasEnded || earlier.PaymentKey.Length > 0)
                return earlier;

            // It ended without a payment: weighed anew, as if it had never been.
            hires.Remove(earlier);
        }

        if (hires.Count >= mostHires)
            return new Refusal { Code = RefusalCodes.HireBudget, Message = $"{mostHires} purchases were made for this task, which is the most." };
        AtomicAmount used = hires.Aggregate(AtomicAmount.Zero, (sum, other) => sum + AtomicAmount.Parse(other.Amount));
        if (used + AtomicAmount.Parse(hire.Amount) > AtomicAmount.Parse(limitAtomic))
        {
            return new Refusal
            {
                Code = RefusalCodes.HireBudget, Message = $"{hire.Amount} units on top of {used} would pass the {limitAtomic} units that the agent may spend for one task.",
            };
        }

        hires.Add(hire);
        await state.WriteOrLeaveAsync(this);
        return hire;
    }

    public async Task End(HireReceipt hire)
    {
        int index = state.State.Hires.FindIndex(known => known.PurchaseId == hire.PurchaseId);
        if (index < 0 || state.State.Hires[index] == hire)
            return;
        state.State.Hires[index] = hire;
        await state.WriteOrLeaveAsync(this);
    }

    public Task<List<HireReceipt>> List() => Task.FromResult<List<HireReceipt>>([.. state.State.Hires]);
}
