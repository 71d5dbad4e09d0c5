namespace Betar.Ethereum.Devnet;

/// <summary>What the chain knows at one moment.</summary>
internal interface IStateView
{
    UInt256 BalanceOf(Address account);

    /// <summary>Everything the faucet ever gave: balances add up to it.</summary>
    UInt256 Supply { get; }

    bool IsAuthorizationEnded(AuthorizationKey key);

    ulong NonceOf(Address account);
}
