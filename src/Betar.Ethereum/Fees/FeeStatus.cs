namespace Betar.Ethereum;

/// <summary>How asking for a fee ended.</summary>
public enum FeeStatus
{
    /// <summary>The chain did not say what it takes.</summary>
    Unavailable = 0,

    /// <summary>Inclusion takes more than the options allow.</summary>
    TooExpensive,

    Quoted,
}
