namespace Betar.Ethereum.Devnet;

/// <summary>What a call asks of the token.</summary>
internal enum TokenMethod : byte
{
    /// <summary>No function of the token, or arguments that do not decode: reverts without a reason.</summary>
    Unknown,

    /// <summary>A call to an account without code: does nothing, succeeds.</summary>
    None,

    TransferWithAuthorization,
    CancelAuthorization,
    Transfer,

    /// <summary>The faucet's own, never reachable from outside.</summary>
    Mint,
    BalanceOf,
    TotalSupply,
    AuthorizationState,
    Name,
    Version,
    Decimals,
    DomainSeparator,
}
