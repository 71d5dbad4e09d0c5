using Betar.X402;

namespace Betar.Storage.Holding;

/// <summary>
/// Payments that somebody in this process has in hand. Each has one holder: it has it from before the disk is asked until it lets go, and who
/// comes meanwhile waits for what the disk said to the first.
/// </summary>
internal sealed class HeldPayments<THolder>(RowRoom room)
    where THolder : Holder
{
    private readonly Lock gate = new();
    private readonly Dictionary<PaymentKey, THolder> held = [];

    /// <summary>Takes the payment, or says who has it already.</summary>
    public bool TryHold(PaymentKey key, THolder mine, out THolder holder)
    {
        lock (gate)
        {
            if (held.TryGetValue(key, out holder!))
                return false;
            held.Add(key, holder = mine);
            return true;
        }
    }

    public THolder? Find(PaymentKey key)
    {
        lock (gate)
            return held.GetValueOrDefault(key);
    }

    /// <summary>Who had it; null when nobody did.</summary>
    public THolder? LetGo(PaymentKey key)
    {
        lock (gate)
            return held.Remove(key, out var holder) ? holder : null;
    }

    /// <summary>
    /// Asks the disk for a payment that is held: told whether there is room for another, it says whether the payment is the holder's. Whose it is
    /// not lets go of it, whatever happens.
    /// </summary>
    public async Task<TEntry> BeginAsync<TEntry>(PaymentKey key, THolder mine, Func<bool, ValueTask<(TEntry Entry, RowUse Change)>> write, Func<TEntry, bool> isOwner)
    {
        var owns = false;
        try
        {
            var entry = await room.WriteAsync(write);
            owns = isOwner(entry);
            return entry;
        }
        finally
        {
            if (!owns)
                LetGo(key);
            mine.Begun.SetResult(owns);
        }
    }
}
