namespace Betar.Libp2p.Dns;

/// <summary>
/// Remembers answers as long as they say, within bounds; that there is no answer for a short while. A look-up that failed is not remembered:
/// the next one may succeed.
/// </summary>
internal sealed class CachingResolver(IDnsResolver inner, DnsOptions options, TimeProvider time) : IDnsResolver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, DnsRecordType Type), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    public async ValueTask<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancel)
    {
        if (DnsName.Normalize(name) is not { } normal)
            return DnsAnswer.Empty(DnsStatus.BadName);
        if (Find((normal, type)) is { } known)
            return known;
        var answer = await inner.ResolveAsync(normal, type, cancel);
        Keep((normal, type), answer);
        return answer;
    }

    private DnsAnswer? Find((string, DnsRecordType) key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var node))
                return null;
            _byUse.Remove(node);
            if (time.GetUtcNow() >= node.Value.Until)
            {
                _entries.Remove(key);
                return null;
            }

            _byUse.AddFirst(node);
            return node.Value.Answer;
        }
    }

    private void Keep((string, DnsRecordType) key, DnsAnswer answer)
    {
        var life = answer.Status switch
        {
            DnsStatus.Found => answer.Life < options.CacheLife ? answer.Life : options.CacheLife,
            DnsStatus.NotFound => options.AbsenceLife,
            _ => TimeSpan.Zero,
        };
        if (life <= TimeSpan.Zero)
            return;
        lock (_lock)
        {
            if (_entries.Remove(key, out var old))
                _byUse.Remove(old);
            _entries[key] = _byUse.AddFirst(new Entry(key, answer, time.GetUtcNow() + life));
            if (_entries.Count <= options.CachedAnswers)
                return;
            _entries.Remove(_byUse.Last!.Value.Key);
            _byUse.RemoveLast();
        }
    }

    private sealed record Entry((string Name, DnsRecordType Type) Key, DnsAnswer Answer, DateTimeOffset Until);
}
