using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>How transactions are paid for and watched.</summary>
public sealed class DirectSettlementOptions
{
    /// <summary>Highest price of a unit of gas, in wei. Default 100 gwei; above it nothing is sent.</summary>
    public UInt256 MaxGasPrice { get; init; } = 100_000_000_000;

    /// <summary>How often a receipt is asked for. Default 1 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many payments are remembered with their transactions. Default 100,000; the oldest go first.</summary>
    public int MaxRemembered { get; init; } = 100_000;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (MaxGasPrice.IsZero)
        {
            faults.Add("MaxGasPrice is 0; nothing could ever be sent.");
        }

        if (PollInterval <= TimeSpan.Zero || PollInterval > TimeSpan.FromMinutes(1))
        {
            faults.Add($"PollInterval is {PollInterval}; it must be longer than zero and at most a minute.");
        }

        if (MaxRemembered is < 1 or > 10_000_000)
        {
            faults.Add($"MaxRemembered is {MaxRemembered}; it must be 1 to 10,000,000.");
        }

        return faults;
    }
}
