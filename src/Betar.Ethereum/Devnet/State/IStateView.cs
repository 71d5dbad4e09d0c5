namespace Betar.Ethereum.Devnet;

/// <summary>What the chain knows at one moment.</summary>
internal interface IStateView
{
    UInt256 BalanceOf(Address account);

    bool IsAuthorizationEnded(AuthorizationKey key);

    ulong NonceOf(Address account);
}
