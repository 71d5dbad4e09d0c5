namespace Betar.Ethereum.Keys;

/// <summary>How asking for a signature ended.</summary>
public enum SignerStatus
{
    /// <summary>There is no signer at its address. Nothing was signed here.</summary>
    Unreachable = 0,

    /// <summary>Nobody answered in time. A signature may still be made there; it never reaches this process.</summary>
    TimedOut,

    /// <summary>The signer, or the person who uses it, said no.</summary>
    Refused,

    /// <summary>What came back is no signature of this account over what was asked.</summary>
    WrongAnswer,

    Done,
}
