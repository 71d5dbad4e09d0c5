namespace Betar.Ethereum.Devnet;

/// <summary>The state after the last durable block. Changed only by merging an overlay into it.</summary>
internal sealed class LedgerState : IStateView
{
    readonly Dictionary<Address, UInt256> _balances = [];
    readonly HashSet<AuthorizationKey> _authorizations = [];
    readonly Dictionary<Address, ulong> _nonces = [];

    internal int Accounts => _balances.Count;

    internal int Authorizations => _authorizations.Count;

    public UInt256 BalanceOf(Address account) => _balances.GetValueOrDefault(account);

    public bool IsAuthorizationEnded(AuthorizationKey key) => _authorizations.Contains(key);

    public ulong NonceOf(Address account) => _nonces.GetValueOrDefault(account);

    public UInt256 Supply { get; private set; }

    internal void Merge(
        UInt256 supply,
        Dictionary<Address, UInt256> balances,
        HashSet<AuthorizationKey> authorizations,
        Dictionary<Address, ulong> nonces)
    {
        Supply = supply;
        foreach (var (account, balance) in balances)
            _balances[account] = balance;
        foreach (var (account, nonce) in nonces)
            _nonces[account] = nonce;
        _authorizations.UnionWith(authorizations);
    }
}
