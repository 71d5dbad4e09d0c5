namespace Betar.Ethereum;

/// <summary>Why a signature is not taken.</summary>
public enum SignatureFault
{
    None = 0,

    /// <summary>Too long, of a wrong length, or a wrapping that cannot be read.</summary>
    Malformed,

    /// <summary>Somebody else's, or over something else.</summary>
    Invalid,

    /// <summary>Of a contract, or of one that is yet to be created, and that is not allowed here.</summary>
    NotAllowed,

    /// <summary>The contract that would create the wallet is not on the list.</summary>
    FactoryNotAllowed,

    /// <summary>The chain did not answer: nothing is known.</summary>
    ChainUnavailable,
}
