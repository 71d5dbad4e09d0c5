namespace Betar.Ethereum.Devnet;

/// <summary>What waits for a block. Bounded; used under the chain's gate only.</summary>
internal sealed class TransactionPool(DevnetOptions options)
{
    readonly Dictionary<Hash32, PooledTransaction> _byHash = [];
    readonly Dictionary<Address, Dictionary<ulong, PooledTransaction>> _byAccount = [];
    readonly List<PooledTransaction> _mints = [];
    long _arrivals;

    internal int Count => _byHash.Count;

    internal PooledTransaction? Find(Hash32 hash) => _byHash.GetValueOrDefault(hash);

    /// <summary>Null and a reason when the transaction is not taken.</summary>
    internal PooledTransaction? TryAdd(PreparedTransaction prepared, BlockChain chain, out string? fault)
    {
        fault = Refuse(prepared, chain);
        return fault is null ? Add(prepared) : null;
    }

    /// <summary>After a reorganisation: back without questions, unless somebody took the place.</summary>
    internal void Return(PreparedTransaction prepared)
    {
        if (prepared.Transaction is not { } transaction || !AccountOf(prepared.Sender).ContainsKey(transaction.Nonce))
            Add(prepared);
    }

    internal void Remove(PooledTransaction pooled)
    {
        var prepared = pooled.Prepared;
        _byHash.Remove(prepared.Hash);
        if (prepared.Transaction is not { } transaction)
        {
            _mints.Remove(pooled);
            return;
        }

        var account = AccountOf(prepared.Sender);
        account.Remove(transaction.Nonce);
        if (account.Count == 0)
            _byAccount.Remove(prepared.Sender);
    }

    /// <summary>Takes out everything, so that its waiters can be told.</summary>
    internal List<PooledTransaction> Clear()
    {
        var all = _byHash.Values.ToList();
        _byHash.Clear();
        _byAccount.Clear();
        _mints.Clear();
        return all;
    }

    /// <summary>The next nonce of the account when everything that waits without a gap has been included.</summary>
    internal ulong PendingNonce(Address account, ulong nonce)
    {
        if (_byAccount.TryGetValue(account, out var waiting))
        {
            while (waiting.ContainsKey(nonce))
                nonce++;
        }

        return nonce;
    }

    /// <summary>
    /// What the next block can hold, in order of arrival, but never a nonce before its predecessor. Everything stays in the pool
    /// until it is removed, so that it stays known while its block is written.
    /// </summary>
    internal List<PooledTransaction> Executable(IStateView state)
    {
        var found = new List<(long Order, PooledTransaction Transaction)>();
        foreach (var mint in _mints)
            found.Add((mint.Arrival, mint));
        foreach (var (address, waiting) in _byAccount)
        {
            long order = 0;
            for (var nonce = state.NonceOf(address); waiting.TryGetValue(nonce, out var next); nonce++)
            {
                order = Math.Max(order, next.Arrival);
                found.Add((order, next));
            }
        }

        // Equal orders belong to one account's run, whose nonces rise.
        found.Sort(static (a, b) => a.Order != b.Order
            ? a.Order.CompareTo(b.Order)
            : (a.Transaction.Prepared.Transaction?.Nonce ?? 0).CompareTo(b.Transaction.Prepared.Transaction?.Nonce ?? 0));
        var executable = new List<PooledTransaction>(Math.Min(found.Count, options.MaxBlockTransactions));
        for (var i = 0; i < found.Count && i < options.MaxBlockTransactions; i++)
            executable.Add(found[i].Transaction);
        return executable;
    }

    string? Refuse(PreparedTransaction prepared, BlockChain chain)
    {
        if (_byHash.ContainsKey(prepared.Hash) || chain.Find(prepared.Hash) is not null)
            return "already known";
        if (_byHash.Count >= options.MaxPoolTransactions)
            return "txpool is full";
        if (prepared.Transaction is not { } transaction)
            return null;
        var next = chain.State.NonceOf(prepared.Sender);
        if (transaction.Nonce < next)
            return $"nonce too low: next nonce {next}, tx nonce {transaction.Nonce}";
        if (transaction.Nonce - next > (ulong)options.MaxNonceGap)
            return $"nonce too high: next nonce {next}, tx nonce {transaction.Nonce}";
        return _byAccount.TryGetValue(prepared.Sender, out var waiting) && waiting.ContainsKey(transaction.Nonce)
            ? "replacement transaction underpriced"
            : null;
    }

    PooledTransaction Add(PreparedTransaction prepared)
    {
        var pooled = new PooledTransaction(prepared, ++_arrivals);
        _byHash.Add(prepared.Hash, pooled);
        if (prepared.Transaction is { } transaction)
            AccountOf(prepared.Sender).Add(transaction.Nonce, pooled);
        else
            _mints.Add(pooled);
        return pooled;
    }

    Dictionary<ulong, PooledTransaction> AccountOf(Address sender)
    {
        if (!_byAccount.TryGetValue(sender, out var waiting))
            _byAccount.Add(sender, waiting = []);
        return waiting;
    }
}
