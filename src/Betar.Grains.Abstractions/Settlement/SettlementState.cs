namespace Betar.Grains.Abstractions.Settlement;

/// <summary>What the chain said.</summary>
public enum SettlementState
{
    /// <summary>The transfer is on the chain, by our transaction or by an identical one of somebody else.</summary>
    Settled = 0,

    /// <summary>It did not happen and never can: cancelled, used up for another transfer, or past its window unused.</summary>
    Refused = 1,

    /// <summary>It may have happened, or may still: the chain did not answer, or refuses now what it may take later.</summary>
    Pending = 2,

    /// <summary>It has not happened, and the token would do it now.</summary>
    Unused = 3,
}
