namespace Betar.Ethereum;

/// <summary>How a transaction is followed.</summary>
public sealed class ReceiptWatchOptions
{
    /// <summary>Blocks that must hold a transaction, its own counted. 1 to 10,000. Default 1; a network's own number is in its data.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>Pause between two looks. 10 ms to 5 minutes. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it is followed. 0, which looks once, to 1 day. Default 5 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Looks in a row that must find nothing before it counts as dropped: nodes behind one address differ. 1 to 1,000. Default 3.</summary>
    public int MissingLooks { get; init; } = 3;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(Confirmations is >= 1 and <= 10_000, "Confirmations is 1 to 10,000.");
        Check(Interval >= TimeSpan.FromMilliseconds(10) && Interval <= TimeSpan.FromMinutes(5), "Interval is 10 ms to 5 minutes.");
        Check(Timeout >= TimeSpan.Zero && Timeout <= TimeSpan.FromDays(1), "Timeout is 0 to 1 day.");
        Check(MissingLooks is >= 1 and <= 1_000, "MissingLooks is 1 to 1,000.");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
