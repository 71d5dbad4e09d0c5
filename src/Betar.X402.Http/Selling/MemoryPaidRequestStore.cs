using Betar.Ethereum;
using Betar.X402.Selling;

namespace Betar.X402.Http.Selling;

/// <summary>A store that a restart forgets; the token's own nonces still keep a payment from being taken twice.</summary>
public sealed class MemoryPaidRequestStore : IPaidRequestStore, IBoughtAnswers
{
    private readonly MemoryStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<PaymentKey, Entry> _entries = [];
    private readonly Dictionary<(Address Buyer, Hash32 Fingerprint), PaymentKey> _bought = [];
    private readonly Queue<(PaymentKey Key, Entry Entry, DateTimeOffset End)> _ends = new();
    private long _bytes;

    public MemoryPaidRequestStore(MemoryStoreOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_options, _time) = (options, time);
    }

    public async Task<PaidEntry> BeginAsync(PaymentKey key, Hash32 fingerprint, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task turn;
            lock (_gate)
            {
                Forget();
                if (!_entries.TryGetValue(key, out var entry))
                {
                    return TryAdd(key, fingerprint) ? PaidEntry.Owner : PaidEntry.Full;
                }

                if (entry.Fingerprint != fingerprint)
                {
                    return PaidEntry.Conflict;
                }

                if (entry.Final is { } final)
                {
                    return PaidEntry.Final(final);
                }

                if (!entry.IsHeld)
                {
                    entry.Hold();
                    return PaidEntry.Resumed(entry.Prepared);
                }

                turn = entry.Turn.Task;
            }

            await turn.WaitAsync(cancellationToken);
        }
    }

    public Task PrepareAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = _entries[key];
            Count(entry, answer);
            entry.Prepared = answer;
        }

        return Task.CompletedTask;
    }

    public Task CompleteAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = _entries[key];
            Count(entry, answer);
            (entry.Prepared, entry.Final) = (null, answer);
            _bought[(key.From, entry.Fingerprint)] = key;
            LetGo(key, entry);
        }

        return Task.CompletedTask;
    }

    public Task YieldAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            LetGo(key, _entries[key]);
        }

        return Task.CompletedTask;
    }

    public Task ReleaseAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.Remove(key, out var entry))
            {
                _bytes -= entry.Bytes;
                entry.LetGo();
            }
        }

        return Task.CompletedTask;
    }

    public Task<StoredAnswer?> FindAsync(Address buyer, Hash32 fingerprint, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Forget();
            return Task.FromResult(_bought.TryGetValue((buyer, fingerprint), out var key) ? _entries[key].Final : null);
        }
    }

    private bool TryAdd(PaymentKey key, Hash32 fingerprint)
    {
        if (_entries.Count >= _options.MaxEntries || _bytes >= _options.MaxBytes)
        {
            return false;
        }

        var entry = new Entry(fingerprint);
        entry.Hold();
        _entries.Add(key, entry);
        return true;
    }

    private void Count(Entry entry, StoredAnswer answer)
    {
        _bytes += answer.Body.Length - entry.Bytes;
        entry.Bytes = answer.Body.Length;
    }

    private void LetGo(PaymentKey key, Entry entry)
    {
        entry.End = _time.GetUtcNow() + _options.Keep;
        _ends.Enqueue((key, entry, entry.End));
        entry.LetGo();
    }

    private void Forget()
    {
        var now = _time.GetUtcNow();
        while (_ends.TryPeek(out var oldest) && oldest.End <= now)
        {
            _ends.Dequeue();
            if (!oldest.Entry.IsHeld && oldest.Entry.End == oldest.End && _entries.TryGetValue(oldest.Key, out var entry) && entry == oldest.Entry)
            {
                _bytes -= entry.Bytes;
                _entries.Remove(oldest.Key);
                if (_bought.TryGetValue((oldest.Key.From, entry.Fingerprint), out var last) && last == oldest.Key)
                {
                    _bought.Remove((oldest.Key.From, entry.Fingerprint));
                }
            }
        }
    }

    private sealed class Entry(Hash32 fingerprint)
    {
        internal Hash32 Fingerprint { get; } = fingerprint;

        internal StoredAnswer? Prepared { get; set; }

        internal StoredAnswer? Final { get; set; }

        internal long Bytes { get; set; }

        internal DateTimeOffset End { get; set; }

        internal bool IsHeld { get; private set; }

        internal TaskCompletionSource Turn { get; private set; } = new();

        internal void Hold() => (IsHeld, Turn) = (true, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        internal void LetGo()
        {
            IsHeld = false;
            Turn.TrySetResult();
        }
    }
}
