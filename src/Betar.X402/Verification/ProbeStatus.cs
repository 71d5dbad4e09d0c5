namespace Betar.X402.Verification;

/// <summary>How a question to a chain ended.</summary>
public enum ProbeStatus
{
    /// <summary>Nobody answered.</summary>
    Unreachable,

    /// <summary>The contract refused the call, or has no such function.</summary>
    Reverted,

    Answered,
}
