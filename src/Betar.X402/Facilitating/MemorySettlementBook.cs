using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>A book that a restart forgets: afterwards the chain alone says what was used.</summary>
public sealed class MemorySettlementBook(TimeProvider time, int capacity = MemorySettlementBook.DefaultCapacity) : ISettlementBook
{
    public const int DefaultCapacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<PaymentKey, Entry> _entries = [];
    private readonly PriorityQueue<PaymentKey, DateTimeOffset> _ends = new();

    public async Task<SettlementEntry> BeginAsync(PaymentKey key, string? attempt, DateTimeOffset keepUntil, CancellationToken cancellationToken)
    {
        Task<SettleResponse> running;
        lock (_gate)
        {
            Forget();
            if (!_entries.TryGetValue(key, out var entry))
            {
                if (_entries.Count >= capacity)
                {
                    return SettlementEntry.Ended(SettleResponse.Failed(WireReasons.UnexpectedSettleError, key.Network.ToString(), message: "too many settlements at once"));
                }

                _entries.Add(key, new Entry(attempt, keepUntil));
                _ends.Enqueue(key, keepUntil);
                return SettlementEntry.Owner;
            }

            if (entry.Ended is { IsPending: true })
            {
                _entries[key] = new Entry(attempt, entry.KeepUntil);
                return SettlementEntry.Resumed;
            }

            if (attempt is null || attempt != entry.Attempt)
            {
                return SettlementEntry.Taken(entry.Ended?.Transaction ?? "");
            }

            running = entry.Outcome.Task;
        }

        return SettlementEntry.Ended(await running.WaitAsync(cancellationToken));
    }

    public Task<bool> IsPendingAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_entries.TryGetValue(key, out var entry) && entry.Ended is { IsPending: true });
        }
    }

    public Task EndAsync(PaymentKey key, SettleResponse response, CancellationToken cancellationToken)
    {
        Entry? entry;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out entry))
            {
                entry.Ended = response;
                var nothingSent = !response.Success && !response.IsPending && response.Transaction.Length == 0;
                if (nothingSent || entry.KeepUntil < time.GetUtcNow())
                {
                    // The payer may mend what was wrong, and try again; or its time passed while it ran, when nobody could forget it.
                    _entries.Remove(key);
                }
            }
        }

        entry?.Outcome.TrySetResult(response);
        return Task.CompletedTask;
    }

    // What is over its time can be settled by nobody any more.
    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_ends.TryPeek(out var key, out var end) && end < now)
        {
            _ends.Dequeue();
            if (_entries.TryGetValue(key, out var entry) && entry.Ended is not null)
            {
                _entries.Remove(key);
            }
        }
    }

    private sealed class Entry(string? attempt, DateTimeOffset keepUntil)
    {
        internal DateTimeOffset KeepUntil { get; } = keepUntil;

        internal string? Attempt { get; } = attempt;

        internal TaskCompletionSource<SettleResponse> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal SettleResponse? Ended { get; set; }
    }
}
