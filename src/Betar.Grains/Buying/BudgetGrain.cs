using Betar.Grains.Abstractions.Buying;
using Betar.X402;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Buying;

/// <summary>
/// The day is a rolling one: what was spent counts until a day after its minute has ended, what is set aside counts until it
/// is committed or released, or was forgotten by a purchase that never signed.
/// </summary>
internal sealed partial class BudgetGrain(
    [PersistentState("budget", BetarStorage.Name)] IPersistentState<BudgetState> state,
    IOptions<BuyingOptions> options,
    TimeProvider time,
    ILogger<BudgetGrain> log) : Grain, IBudgetGrain
{
    private const long MinutesInDay = 24 * 60;

    public async Task<Outcome<SpendingPolicy>> SetPolicy(SpendingPolicy policy)
    {
        foreach (string amount in new[] { policy.PerTask, policy.PerDay, policy.PerPeer })
            if (!AtomicAmount.TryParse(amount, out _))
                return NotAnAmount(amount);

        state.State.Policy = policy;
        await state.WriteOrLeaveAsync(this);
        return policy;
    }

    public async Task<Outcome<Mandate>> Grant(Mandate mandate)
    {
        if (!AtomicAmount.TryParse(mandate.Limit, out _))
            return NotAnAmount(mandate.Limit);

        state.State.Mandates[mandate.MandateId] = mandate;
        await state.WriteOrLeaveAsync(this);
        return mandate;
    }

    public async Task<bool> Revoke(string mandateId)
    {
        if (!state.State.Mandates.TryGetValue(mandateId, out Mandate? mandate) || mandate.Revoked)
            return false;

        state.State.Mandates[mandateId] = mandate with { Revoked = true };
        await state.WriteOrLeaveAsync(this);
        return true;
    }

    public async Task<Outcome<SpendRequest>> Reserve(SpendRequest request)
    {
        // One that is getting old is set aside anew, so that it cannot be taken for forgotten while its purchase signs.
        DateTimeOffset fresh = time.GetUtcNow() - TimeSpan.FromTicks(options.Value.ReservationLifetime.Ticks / 2);
        if (state.State.Reserved.TryGetValue(request.PurchaseId, out Reservation? earlier) && earlier.IsFor(request) && earlier.At > fresh)
            return request;
        if (!AtomicAmount.TryParse(request.Amount, out AtomicAmount amount))
            return NotAnAmount(request.Amount);
        Prune();
        await SettleForgottenAsync(request.PurchaseId);

        // A purchase whose terms changed before it signed is weighed anew, without what it had set aside before.
        state.State.Reserved.Remove(request.PurchaseId);
        if (FindRefusal(request, amount) is { } refusal)
        {
            if (earlier is not null)
                await state.WriteOrLeaveAsync(this);
            return refusal;
        }

        state.State.Reserved[request.PurchaseId] = new Reservation
        {
            Payee = request.Payee,
            Amount = request.Amount,
            MandateId = request.MandateId,
            At = time.GetUtcNow(),
        };
        await state.WriteOrLeaveAsync(this);
        return request;
    }

    public async Task Commit(string purchaseId)
    {
        if (!state.State.Reserved.Remove(purchaseId, out Reservation? reservation))
            return;
        AddSpent(reservation);
        await state.WriteOrLeaveAsync(this);
    }

    public async Task Release(string purchaseId)
    {
        if (state.State.Reserved.Remove(purchaseId))
            await state.WriteOrLeaveAsync(this);
    }

    public Task<BudgetStatus> GetStatus() => Task.FromResult(new BudgetStatus
    {
        Policy = state.State.Policy,
        SpentToday = Sum(OldestMinute(), (_, _) => true, withReserved: false).ToString(),
        Reserved = Total(state.State.Reserved.Values.Select(reservation => reservation.Amount)).ToString(),
    });

    public Task<List<MandateStatus>> ListMandates() => Task.FromResult<List<MandateStatus>>(
    [
        .. state.State.Mandates.Values.OrderBy(mandate => mandate.MandateId, StringComparer.Ordinal).Select(mandate => new MandateStatus
        {
            Mandate = mandate, Spent = Sum(long.MinValue, (_, spentUnder) => spentUnder == mandate.MandateId).ToString(),
        }),
    ]);

    /// <summary>
    /// A buyer that died before it signed gives its amount back; what was signed for is as good as spent, whatever became of it.
    /// </summary>
    private async Task SettleForgottenAsync(string asking)
    {
        DateTimeOffset oldest = time.GetUtcNow() - options.Value.ReservationLifetime;
        foreach ((string purchaseId, Reservation reservation) in state.State.Reserved.ToList())
        {
            if (purchaseId == asking || reservation.At > oldest || await WasSignedAsync(purchaseId) is not { } signed)
                continue;
            state.State.Reserved.Remove(purchaseId);
            if (signed)
                AddSpent(reservation);
        }
    }

    /// <returns>Null when the purchase cannot be read: then what it set aside stays so.</returns>
    private async Task<bool?> WasSignedAsync(string purchaseId)
    {
        try
        {
            return (await GrainFactory.GetGrain<IPurchaseGrain>(purchaseId).Get()).Stage != PurchaseStage.New;
        }
        catch (Exception fault)
        {
            LogPurchaseUnreadable(log, fault, purchaseId);
            return null;
        }
    }

    private Refusal? FindRefusal(SpendRequest request, AtomicAmount amount)
    {
        SpendingPolicy policy = state.State.Policy;
        long oldest = OldestMinute();
        if (amount > AtomicAmount.Parse(policy.PerTask))
            return Over(RefusalCodes.BudgetPerTask, amount, policy.PerTask, "one task");
        if (Sum(oldest, (_, _) => true) + amount > AtomicAmount.Parse(policy.PerDay))
            return Over(RefusalCodes.BudgetPerDay, amount, policy.PerDay, "24 hours");
        if (Sum(oldest, (payee, _) => payee == request.Payee) + amount > AtomicAmount.Parse(policy.PerPeer))
            return Over(RefusalCodes.BudgetPerPeer, amount, policy.PerPeer, "one payee within 24 hours");
        return request.MandateId.Length == 0 ? null : FindMandateRefusal(request.MandateId, amount);
    }

    private Refusal? FindMandateRefusal(string mandateId, AtomicAmount amount)
    {
        if (!state.State.Mandates.TryGetValue(mandateId, out Mandate? mandate))
            return new Refusal { Code = RefusalCodes.MandateInvalid, Message = $"There is no mandate '{mandateId}'." };
        if (mandate.Revoked || mandate.Expires <= time.GetUtcNow())
            return new Refusal { Code = RefusalCodes.MandateInvalid, Message = $"Mandate '{mandateId}' was revoked or has expired." };
        return Sum(long.MinValue, (_, spentUnder) => spentUnder == mandateId) + amount > AtomicAmount.Parse(mandate.Limit)
            ? Over(RefusalCodes.MandateInvalid, amount, mandate.Limit, $"mandate '{mandateId}'")
            : null;
    }

    private AtomicAmount Sum(long oldestMinute, Func<string, string, bool> which, bool withReserved = true)
    {
        IEnumerable<string> spent = state.State.Spent
            .Where(spend => spend.Minute > oldestMinute && which(spend.Payee, spend.MandateId))
            .Select(spend => spend.Amount);
        IEnumerable<string> reserved = state.State.Reserved.Values
            .Where(reservation => withReserved && which(reservation.Payee, reservation.MandateId))
            .Select(reservation => reservation.Amount);
        return Total(spent.Concat(reserved));
    }

    private static AtomicAmount Total(IEnumerable<string> amounts) =>
        amounts.Aggregate(AtomicAmount.Zero, (sum, amount) => sum + AtomicAmount.Parse(amount));

    private void AddSpent(Reservation reservation)
    {
        long minute = reservation.At.ToUnixTimeSeconds() / 60;
        List<SpentMinute> spent = state.State.Spent;
        int index = spent.FindLastIndex(
            spend => spend.Minute == minute && spend.Payee == reservation.Payee && spend.MandateId == reservation.MandateId);
        string before = index < 0 ? "0" : spent[index].Amount;
        var sum = new SpentMinute
        {
            Payee = reservation.Payee,
            MandateId = reservation.MandateId,
            Minute = minute,
            Amount = (AtomicAmount.Parse(before) + AtomicAmount.Parse(reservation.Amount)).ToString(),
        };
        if (index < 0)
            spent.Add(sum);
        else
            spent[index] = sum;
    }

    /// <summary>A mandate's spends are kept as long as the mandate; all others for a day.</summary>
    private void Prune()
    {
        DateTimeOffset now = time.GetUtcNow();
        long oldest = OldestMinute();
        state.State.Spent.RemoveAll(spend => spend.Minute <= oldest
            && !(state.State.Mandates.TryGetValue(spend.MandateId, out Mandate? mandate) && mandate.Expires > now));
    }

    private long OldestMinute() => time.GetUtcNow().ToUnixTimeSeconds() / 60 - MinutesInDay - 1;

    private static Refusal NotAnAmount(string text) =>
        new() { Code = RefusalCodes.AmountWrong, Message = $"'{text}' is not a whole number of atomic units." };

    private static Refusal Over(string code, AtomicAmount amount, string limit, string of) =>
        new() { Code = code, Message = $"{amount} units would pass the limit of {limit} units for {of}." };
}
