namespace Betar.Grains.Abstractions.Settlement;

/// <summary>What the chain said.</summary>
public enum SettlementState
{
    /// <summary>The transfer is on the chain, by our transaction or by an identical one of somebody else.</summary>
    Settled = 0,

    /// <summary>The chain will not do it, and it did not happen.</summary>
    Refused = 1,

    /// <summary>The chain did not answer in time; it may or may not have happened.</summary>
    Pending = 2,

    /// <summary>It has not happened and still can.</summary>
    Unused = 3,
}
