namespace Betar.Cluster.Tests.Model;

/// <summary>Who does what.</summary>
internal enum ModelAction
{
    /// <summary>A buyer signs and shows a payment.</summary>
    Buy,

    /// <summary>A payment is shown again.</summary>
    ShowAgain,

    /// <summary>A payment is shown for another request.</summary>
    ShowElsewhere,

    /// <summary>Recovery takes an order up.</summary>
    Resume,

    /// <summary>The next call ends at a fault point.</summary>
    Crash,

    Fund,
    EmptyPockets,
    Cancel,

    /// <summary>Somebody else brings the authorisation onto the chain.</summary>
    FrontRun,

    /// <summary>The payer uses the nonce for another transfer.</summary>
    SpendElsewhere,

    Mine,
    Reorganise,
    Silence,
    Speak,
    FillBlocks,
    LoseAnswer,
    Swallow,
    Revert,
    GasUp,
    GasDown,
    DrainRefunds,
    FundRefunds,
    PassTime,
}
