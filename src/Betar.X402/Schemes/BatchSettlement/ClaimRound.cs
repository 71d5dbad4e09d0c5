namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What one look at a seller's channels came to.</summary>
public sealed record ClaimRound
{
    /// <summary>Channels that were claimed.</summary>
    public int Claimed { get; init; }

    /// <summary>What that brought.</summary>
    public AtomicAmount Value { get; init; }

    /// <summary>Channels in runs whose end is not known yet.</summary>
    public int Open { get; init; }

    /// <summary>Channels whose claim the contract would refuse, or that another's key has to sign for.</summary>
    public int Refused { get; init; }

    /// <summary>Channels of which the chain has less than they were charged: their payer took it back before.</summary>
    public int Uncovered { get; init; }

    /// <summary>Channels and runs of which the chain told nothing.</summary>
    public int Unknown { get; init; }

    public static ClaimRound operator +(ClaimRound left, ClaimRound right) => new()
    {
        Claimed = left.Claimed + right.Claimed, Value = left.Value + right.Value, Open = left.Open + right.Open, Refused = left.Refused + right.Refused,
        Uncovered = left.Uncovered + right.Uncovered, Unknown = left.Unknown + right.Unknown,
    };
}
