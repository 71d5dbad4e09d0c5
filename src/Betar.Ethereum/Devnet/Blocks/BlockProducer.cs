namespace Betar.Ethereum.Devnet;

/// <summary>
/// The one writer: a thread that joins everything that waits into a block, syncs it to the disk once, and only then shows it to anybody.
/// While it syncs, the next block's transactions gather.
/// </summary>
internal sealed class BlockProducer : IDisposable
{
    const string Closing = "the chain is closing";

    readonly Lock _gate;
    readonly BlockChain _chain;
    readonly TransactionPool _pool;
    readonly DevnetFile _file;
    readonly FaultPlan _faults;
    readonly TransactionPreparer _preparer;
    readonly DevnetOptions _options;
    readonly TimeProvider _time;
    readonly RecordWriter _record = new();
    readonly Queue<Action> _commands = new();
    readonly AutoResetEvent _signal = new(false);
    readonly Thread _thread;
    bool _closing;

    internal BlockProducer(
        Lock gate,
        BlockChain chain,
        TransactionPool pool,
        DevnetFile file,
        FaultPlan faults,
        TransactionPreparer preparer,
        DevnetOptions options,
        TimeProvider time)
    {
        (_gate, _chain, _pool, _file, _faults, _preparer, _options, _time) = (gate, chain, pool, file, faults, preparer, options, time);
        _thread = new Thread(Run) { IsBackground = true, Name = "devnet blocks" };
        _thread.Start();
    }

    /// <summary>Why the chain takes no more transactions, or null. Read under the gate.</summary>
    internal string? Broken { get; private set; }

    /// <summary>Takes transactions into the pool, in order; each gets its place or a reason.</summary>
    internal void Submit(ReadOnlySpan<PreparedTransaction?> prepared, Span<PooledTransaction?> pooled, Span<string?> faults)
    {
        lock (_gate)
        {
            for (var i = 0; i < prepared.Length; i++)
            {
                if (prepared[i] is not { } transaction)
                    continue;
                faults[i] = _closing ? Closing : Broken;
                if (faults[i] is null)
                    pooled[i] = _pool.TryAdd(transaction, _chain, out faults[i]);
            }

            if (!_closing)
                _signal.Set();
        }
    }

    /// <summary>Blocks on demand, empty ones too; answers the new height.</summary>
    internal Task<ulong> MineAsync(int blocks) => Enqueue(() =>
    {
        for (var i = 0; i < blocks && Broken is null; i++)
            Seal(evenIfEmpty: true);
        return _chain.Head.Number;
    });

    /// <summary>Drops blocks durably; answers how many transactions that concerned. Null when the chain is not that long.</summary>
    internal Task<int?> ReorganiseAsync(int blocks, bool vanish) => Enqueue(() => Reorganise(blocks, vanish));

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
                return;
            _closing = true;
            _signal.Set();
        }

        _thread.Join();
        _signal.Dispose();
        _file.Dispose();
    }

    Task<T> Enqueue<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _commands.Enqueue(() => done.SetResult(work()));
            _signal.Set();
        }

        return done.Task;
    }

    void Run()
    {
        while (true)
        {
            _signal.WaitOne();
            while (TryStep(out var closed))
            {
                if (closed)
                    return;
            }
        }
    }

    bool TryStep(out bool closed)
    {
        Action? command;
        lock (_gate)
        {
            closed = _closing;
            _commands.TryDequeue(out command);
        }

        if (command is not null)
            command();
        else if (closed)
            Abandon(Closing);
        else
            return _options.MineAutomatically && Seal(evenIfEmpty: false);

        // What was asked for before the end is still done.
        closed &= command is null;
        return true;
    }

    bool Seal(bool evenIfEmpty)
    {
        List<PooledTransaction> batch;
        BlockBuilder builder;
        lock (_gate)
        {
            batch = Broken is null ? _pool.Executable(_chain.State) : [];
            if (batch.Count == 0 && (!evenIfEmpty || Broken is not null))
                return false;
            builder = _chain.NewBlock(_chain.NextTimestamp((ulong)_time.GetUtcNow().ToUnixTimeSeconds()));
        }

        // Outside the gate: only this thread changes the state below, so readers go on meanwhile.
        foreach (var pooled in batch)
            builder.Add(pooled.Prepared, pooled.Prepared.IsMint ? null : _faults.TakeRevert());
        var block = builder.Build();
        if (!TryCommit(ChainRecords.Block(_record, block)))
            return false;

        lock (_gate)
        {
            _chain.Append(block, builder);
            foreach (var pooled in batch)
                _pool.Remove(pooled);
        }

        for (var i = 0; i < batch.Count; i++)
            batch[i].Complete(new Inclusion(block.Transactions[i], null));
        return true;
    }

    int? Reorganise(int blocks, bool vanish)
    {
        lock (_gate)
        {
            if (blocks < 1 || (ulong)blocks > _chain.Head.Number || Broken is not null)
                return null;
        }

        if (!TryCommit(ChainRecords.Reorganisation(_record, (uint)blocks)))
            return null;
        lock (_gate)
        {
            var dropped = _chain.Drop(blocks, _preparer);
            if (!vanish)
            {
                foreach (var transaction in dropped)
                    _pool.Return(_preparer.FromFile(transaction.Raw, transaction.Sender, transaction.Proof));
            }

            return dropped.Count;
        }
    }

    // After a failed write or sync nobody knows what is on the disk: the chain stops, and a restart reads the truth.
    bool TryCommit(ReadOnlySpan<byte> record)
    {
        try
        {
            _file.Commit(record);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var reason = $"the chain cannot write its file ({fault.Message}); mend the disk and start it again";
            lock (_gate)
                Broken = reason;
            Abandon(reason);
            return false;
        }
    }

    void Abandon(string reason)
    {
        List<PooledTransaction> waiting;
        lock (_gate)
            waiting = _pool.Clear();
        foreach (var pooled in waiting)
            pooled.Complete(new Inclusion(null, reason));
    }
}
