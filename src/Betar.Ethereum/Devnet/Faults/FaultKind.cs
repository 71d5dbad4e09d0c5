namespace Betar.Ethereum.Devnet;

/// <summary>What devnet_setFault can do to the chain's callers.</summary>
internal enum FaultKind
{
    /// <summary>Ends every fault.</summary>
    None,

    /// <summary>Requests wait before they are worked on.</summary>
    Delay,

    /// <summary>The next transactions are included, and revert.</summary>
    Revert,

    /// <summary>The next requests with a send are carried out and never answered: a time-out after the commit.</summary>
    DropAnswer,

    /// <summary>Requests are turned away, as by a node that is down.</summary>
    Outage,

    /// <summary>The last blocks vanish from the chain.</summary>
    Reorg,
}
