namespace Betar.Ethereum.Devnet;

/// <summary>The changes of a block in the making. Readers of the state below do not see them before the block is durable.</summary>
internal sealed class StateOverlay(LedgerState below) : IStateView
{
    readonly Dictionary<Address, UInt256> _balances = [];
    readonly HashSet<AuthorizationKey> _authorizations = [];
    readonly Dictionary<Address, ulong> _nonces = [];

    public UInt256 Supply { get; private set; } = below.Supply;

    public UInt256 BalanceOf(Address account) =>
        _balances.TryGetValue(account, out var balance) ? balance : below.BalanceOf(account);

    public bool IsAuthorizationEnded(AuthorizationKey key) =>
        _authorizations.Contains(key) || below.IsAuthorizationEnded(key);

    public ulong NonceOf(Address account) =>
        _nonces.TryGetValue(account, out var nonce) ? nonce : below.NonceOf(account);

    internal void AddSupply(UInt256 value) => Supply += value;

    internal void SetBalance(Address account, UInt256 balance) => _balances[account] = balance;

    internal void EndAuthorization(AuthorizationKey key) => _authorizations.Add(key);

    internal void SetNonce(Address account, ulong nonce) => _nonces[account] = nonce;

    internal void MergeDown() => below.Merge(Supply, _balances, _authorizations, _nonces);
}
