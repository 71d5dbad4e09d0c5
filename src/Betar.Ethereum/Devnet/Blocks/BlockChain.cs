namespace Betar.Ethereum.Devnet;

/// <summary>The durable blocks and the state after them. Writers take turns; readers and writers share the chain's gate.</summary>
internal sealed class BlockChain
{
    readonly List<DevnetBlock> _blocks = [];
    readonly Dictionary<Hash32, MinedTransaction> _transactions = [];
    readonly Dictionary<AuthorizationKey, MinedTransaction> _ends = [];

    internal BlockChain(ulong genesisTime) => _blocks.Add(new DevnetBlock(Hash32.Zero, 0, genesisTime, 0, []));

    internal LedgerState State { get; private set; } = new();

    /// <summary>How many reorganisations there were.</summary>
    internal uint Fork { get; private set; }

    internal DevnetBlock Head => _blocks[^1];

    internal int TransactionCount => _transactions.Count;

    internal DevnetBlock? BlockAt(ulong number) => number < (ulong)_blocks.Count ? _blocks[(int)number] : null;

    internal DevnetBlock? FindBlock(Hash32 hash) => _blocks.Find(block => block.Hash == hash);

    internal MinedTransaction? Find(Hash32 hash) => _transactions.GetValueOrDefault(hash);

    /// <summary>The transaction that used or cancelled an authorisation; there is never more than one.</summary>
    internal MinedTransaction? FindEnd(AuthorizationKey authorization) => _ends.GetValueOrDefault(authorization);

    /// <summary>Time does not run backwards, whatever the clock does.</summary>
    internal ulong NextTimestamp(ulong now) => Math.Max(now, Head.Timestamp);

    internal BlockBuilder NewBlock(ulong timestamp) => new(State, Head, timestamp, Fork);

    internal void Append(DevnetBlock block, BlockBuilder builder)
    {
        Merge(block, builder);
        _blocks.Add(block);
        foreach (var transaction in block.Transactions)
            _transactions[transaction.Hash] = transaction;
    }

    /// <summary>Drops the last blocks and gives back their transactions in order. The state is what the remaining blocks make it.</summary>
    internal List<MinedTransaction> Drop(int count, TransactionPreparer preparer)
    {
        var kept = _blocks.Count - count;
        var dropped = _blocks.Skip(kept).SelectMany(block => block.Transactions).ToList();
        _blocks.RemoveRange(kept, count);
        foreach (var transaction in dropped)
            _transactions.Remove(transaction.Hash);
        Fork++;

        State = new LedgerState();
        _ends.Clear();
        for (var i = 1; i < _blocks.Count; i++)
        {
            var builder = new BlockBuilder(State, _blocks[i - 1], _blocks[i].Timestamp, _blocks[i].Fork);
            foreach (var transaction in _blocks[i].Transactions)
                builder.Add(preparer.FromFile(transaction.Raw, transaction.Sender, transaction.Proof), transaction.IsForced ? transaction.Revert : null);
            Merge(_blocks[i], builder);
        }

        return dropped;
    }

    void Merge(DevnetBlock block, BlockBuilder builder)
    {
        builder.MergeState();
        foreach (var (authorization, index) in builder.Ended)
            _ends[authorization] = block.Transactions[index];
    }
}
