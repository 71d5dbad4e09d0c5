namespace Betar.Ethereum;

/// <summary>How logs are read.</summary>
public sealed class LogScanOptions
{
    /// <summary>Blocks in one question; fewer when the node finds that too many. 1 to 1,000,000. Default 2,000.</summary>
    public int MaxWindow { get; init; } = 2_000;

    /// <summary>Blocks that must hold a log before it is handed out, its own counted. 1 to 10,000. Default 1.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>Places to go back to after a reorganisation. 1 to 10,000. Default 64.</summary>
    public int MaxMarks { get; init; } = 64;

    /// <summary>Questions in one scan. 1 to 1,000,000. Default 1,000.</summary>
    public int MaxQuestions { get; init; } = 1_000;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(MaxWindow is >= 1 and <= 1_000_000, "MaxWindow is 1 to 1,000,000.");
        Check(Confirmations is >= 1 and <= 10_000, "Confirmations is 1 to 10,000.");
        Check(MaxMarks is >= 1 and <= 10_000, "MaxMarks is 1 to 10,000.");
        Check(MaxQuestions is >= 1 and <= 1_000_000, "MaxQuestions is 1 to 1,000,000.");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
