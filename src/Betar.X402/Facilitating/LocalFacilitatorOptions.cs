using Betar.Ethereum;

namespace Betar.X402.Facilitating;

/// <summary>How a facilitator of ours behaves.</summary>
public sealed class LocalFacilitatorOptions
{
    /// <summary>The networks that are served. Default: Base Sepolia.</summary>
    public IReadOnlyList<NetworkId> Networks { get; init; } = [NetworkId.BaseSepolia];

    /// <summary>The accounts that pay the gas, for <c>/supported</c>. Default none.</summary>
    public IReadOnlyList<Address> Signers { get; init; } = [];

    /// <summary>Sellers that may have payments settled here. Default null: all of them, and each of them spends this facilitator's gas.</summary>
    public IReadOnlyCollection<Address>? AllowedPayees { get; init; }

    /// <summary>Signed payments of one payer in a minute, verified or settled. 1 to 1,000,000; default null: as many as come.</summary>
    public int? PaymentsPerPayer { get; init; }

    /// <summary>Payers that are counted apart; those beyond share one count. 1 to 10,000,000; default 100,000.</summary>
    public int MaxPayers { get; init; } = 100_000;

    /// <summary>Whether the chain is asked again before a transaction is sent. Default true: a refused transfer costs no gas then.</summary>
    public bool SimulateBeforeSettling { get; init; } = true;

    /// <summary>How long a caller waits for the chain before it is told that the settlement is pending. Default 60 s.</summary>
    public TimeSpan SettleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the book keeps a payment beyond its end. Default 10 minutes.</summary>
    public TimeSpan KeepBeyondEnd { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Networks.Count == 0)
        {
            faults.Add("Networks is empty; it must name at least one.");
        }

        if (PaymentsPerPayer is < 1 or > 1_000_000)
        {
            faults.Add($"PaymentsPerPayer is {PaymentsPerPayer}; it must be 1 to 1,000,000.");
        }

        if (MaxPayers is < 1 or > 10_000_000)
        {
            faults.Add($"MaxPayers is {MaxPayers}; it must be 1 to 10,000,000.");
        }

        if (SettleTimeout <= TimeSpan.Zero || SettleTimeout > TimeSpan.FromMinutes(10))
        {
            faults.Add($"SettleTimeout is {SettleTimeout}; it must be longer than zero and at most 10 minutes.");
        }

        if (KeepBeyondEnd < TimeSpan.Zero || KeepBeyondEnd > TimeSpan.FromDays(7))
        {
            faults.Add($"KeepBeyondEnd is {KeepBeyondEnd}; it must be 0 to 7 days.");
        }

        return faults;
    }
}
