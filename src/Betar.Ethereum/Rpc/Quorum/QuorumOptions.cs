namespace Betar.Ethereum;

/// <summary>How many nodes must say the same, and when one is left alone.</summary>
public sealed class QuorumOptions
{
    /// <summary>Nodes that must give the same answer. 1 to the number of nodes. Default 2.</summary>
    public int Required { get; init; } = 2;

    /// <summary>How long one question is left open; what has been said until then decides. 10 ms to 10 minutes. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Failures in a row after which a node is asked no more. 1 to 1,000. Default 3.</summary>
    public int FailuresToOpen { get; init; } = 3;

    /// <summary>How long such a node is left alone; then one question is tried. 10 ms to 1 hour. Default 30 s.</summary>
    public TimeSpan OpenTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Blocks by which nodes that agree on the height may differ. 0 to 10,000. Default 32.</summary>
    public int MaxLag { get; init; } = 32;

    /// <summary>How often the receipt is asked for after a synchronous send. 10 ms to 1 minute. Default 200 ms.</summary>
    public TimeSpan ReceiptInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate(int endpoints)
    {
        var faults = new List<string>();
        Check(endpoints is >= 1 and <= QuorumChainClient.MaxEndpoints, $"1 to {QuorumChainClient.MaxEndpoints} nodes are needed.");
        Check(Required >= 1 && Required <= endpoints, "Required is 1 to the number of nodes.");
        Check(IsWait(Timeout, TimeSpan.FromMinutes(10)), "Timeout is 10 ms to 10 minutes.");
        Check(FailuresToOpen is >= 1 and <= 1_000, "FailuresToOpen is 1 to 1,000.");
        Check(IsWait(OpenTime, TimeSpan.FromHours(1)), "OpenTime is 10 ms to 1 hour.");
        Check(MaxLag is >= 0 and <= 10_000, "MaxLag is 0 to 10,000.");
        Check(IsWait(ReceiptInterval, TimeSpan.FromMinutes(1)), "ReceiptInterval is 10 ms to 1 minute.");
        return faults;

        static bool IsWait(TimeSpan time, TimeSpan most) => time >= TimeSpan.FromMilliseconds(10) && time <= most;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
