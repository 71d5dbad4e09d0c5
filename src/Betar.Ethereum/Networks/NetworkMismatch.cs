namespace Betar.Ethereum.Networks;

/// <summary>What of a network is not as the chain says. The names are stable: operators see them.</summary>
public enum NetworkMismatch
{
    None = 0,

    /// <summary>The chain did not answer: nothing is known, and asking again later is right.</summary>
    ChainUnavailable,

    /// <summary>The node serves another chain.</summary>
    ChainId,

    /// <summary>No contract stands at the token's address.</summary>
    NoToken,

    /// <summary>The contract there has not the interface of USDC.</summary>
    NotTheInterface,

    TokenName,

    TokenVersion,

    TokenDecimals,

    /// <summary>Signatures over the configured domain would be worth nothing.</summary>
    DomainSeparator,
}
