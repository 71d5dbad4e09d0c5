namespace Betar.Storage.Leases;

/// <summary>What becomes of a lease, wherever it is kept. Null for the row after: it stays as it is.</summary>
internal static class LeaseRules
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static (LeaseRow? After, LeaseAnswer Answer) Acquire(LeaseRow? before, string holder, TimeSpan length, long now)
    {
        if (before is { } row && row.Expires > now && row.Holder != holder)
            return (null, Answer(row, granted: false, now));
        var taken = new LeaseRow(holder, (before?.Epoch ?? 0) + 1, now + length.Ticks);
        return (taken, Answer(taken, granted: true, now));
    }

    public static (LeaseRow? After, LeaseAnswer Answer) Renew(LeaseRow? before, string holder, long epoch, TimeSpan length, long now)
    {
        if (before is not { } row)
            return (null, default(LeaseAnswer) with { Holder = "" });
        if (!IsTerm(row, holder, epoch, now))
            return (null, Answer(row, granted: false, now));
        var renewed = row with { Expires = Math.Max(row.Expires, now + length.Ticks) };
        return (renewed, Answer(renewed, granted: true, now));
    }

    public static (LeaseRow? After, LeaseAnswer Answer) Release(LeaseRow? before, string holder, long epoch, long now) =>
        before is { } row && IsTerm(row, holder, epoch, now) ? End(row, now) : (null, default(LeaseAnswer) with { Holder = "" });

    public static (LeaseRow? After, LeaseAnswer Answer) Break(LeaseRow? before, long now) =>
        before is { } row && row.Expires > now ? End(row, now) : (null, default(LeaseAnswer) with { Holder = "" });

    public static LeaseAnswer? Look(LeaseRow? row, long now) => row is { } kept ? Answer(kept, kept.Expires > now, now) : null;

    public static void Check(string name, string holder, TimeSpan length)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(holder);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
    }

    private static bool IsTerm(LeaseRow row, string holder, long epoch, long now) => row.Holder == holder && row.Epoch == epoch && row.Expires > now;

    private static (LeaseRow? After, LeaseAnswer Answer) End(LeaseRow row, long now)
    {
        LeaseRow ended = row with { Expires = now };
        return (ended, Answer(ended, granted: true, now));
    }

    private static LeaseAnswer Answer(LeaseRow row, bool granted, long now) =>
        new(granted, row.Holder, row.Epoch, TimeSpan.FromTicks(Math.Max(0, row.Expires - now)));
}
