namespace Betar.Storage.Settlements;

/// <summary>How much a settlement book on disk holds.</summary>
public sealed class SettlementBookOptions
{
    /// <summary>Most payments at once. 1 to 100,000,000; default 1,000,000. Then new ones are refused until old ones are over.</summary>
    public int Capacity { get; init; } = 1_000_000;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        BetarDatabaseOptions.Check(faults, nameof(Capacity), Capacity, 1, 100_000_000);
        return faults;
    }
}
