namespace Betar.X402.Http.Buying;

/// <summary>Intents of this process. A signed one is forgotten when its payment can be taken by nobody any more, and a day has passed.</summary>
public sealed class MemoryIntentStore(TimeProvider time) : IIntentStore
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _ends = new();

    public async Task<IntentRecord?> BeginAsync(string intent, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task turn;
            lock (_gate)
            {
                Forget();
                if (!_entries.TryGetValue(intent, out var entry))
                {
                    _entries.Add(intent, new Entry());
                    return null;
                }

                if (entry.Record is { } record)
                {
                    return record;
                }

                turn = entry.Turn.Task;
            }

            await turn.WaitAsync(cancellationToken);
        }
    }

    public Task SaveAsync(string intent, IntentRecord record, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var entry = _entries[intent];
            entry.Record = record;
            _ends.Enqueue(intent, record.ValidBefore + Keep);
            entry.Turn.TrySetResult();
        }

        return Task.CompletedTask;
    }

    public Task AbandonAsync(string intent, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.Remove(intent, out var entry))
            {
                entry.Turn.TrySetResult();
            }
        }

        return Task.CompletedTask;
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_ends.TryPeek(out var intent, out var end) && end <= now)
        {
            _ends.Dequeue();
            _entries.Remove(intent);
        }
    }

    private sealed class Entry
    {
        internal IntentRecord? Record { get; set; }

        internal TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
