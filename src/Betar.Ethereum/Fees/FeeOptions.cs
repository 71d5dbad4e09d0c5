namespace Betar.Ethereum;

/// <summary>What gas may cost, in wei per gas.</summary>
public sealed class FeeOptions
{
    /// <summary>No transaction offers more; where inclusion takes more, none is sent. 0 to 10^15. Default 200 gwei.</summary>
    public ulong MaxFeePerGas { get; init; } = 200_000_000_000;

    /// <summary>The most that is paid beyond the base fee, whatever the node advises. 0 to 10^15. Default 5 gwei.</summary>
    public ulong MaxPriorityFeePerGas { get; init; } = 5_000_000_000;

    /// <summary>The least that is paid beyond the base fee. 0 to MaxPriorityFeePerGas. Default 0.</summary>
    public ulong MinPriorityFeePerGas { get; init; }

    /// <summary>The base fee that a transaction still bears, in percent of today's. 113 to 1,000. Default 200: six full blocks.</summary>
    public int BaseFeePercent { get; init; } = 200;

    /// <summary>What a replacement offers, in percent of what it replaces. 110, which nodes ask for, to 400. Default 125.</summary>
    public int ReplacementPercent { get; init; } = 125;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        const ulong Most = 1_000_000_000_000_000;
        var faults = new List<string>();
        Check(MaxFeePerGas <= Most, "MaxFeePerGas is 0 to 10^15.");
        Check(MaxPriorityFeePerGas <= Most, "MaxPriorityFeePerGas is 0 to 10^15.");
        Check(MinPriorityFeePerGas <= MaxPriorityFeePerGas, "MinPriorityFeePerGas is 0 to MaxPriorityFeePerGas.");
        Check(BaseFeePercent is >= 113 and <= 1_000, "BaseFeePercent is 113 to 1,000.");
        Check(ReplacementPercent is >= 110 and <= 400, "ReplacementPercent is 110 to 400.");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
