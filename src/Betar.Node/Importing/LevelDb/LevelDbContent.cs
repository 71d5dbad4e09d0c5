using System.Buffers.Binary;

namespace Betar.Node.Importing.LevelDb;

/// <summary>Collects entries of tables and logs: of each key the newest counts, and what was deleted last is gone.</summary>
internal sealed class LevelDbContent(LevelDbLimits limits)
{
    private readonly Dictionary<string, (ulong Sequence, byte[]? Value)> newest = new(StringComparer.Ordinal);
    private long bytes;

    /// <summary>More was there than is read.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Keys and values, in the order of the keys.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> Entries => newest.Where(entry => entry.Value.Value is not null)
        .OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Value!));

    /// <summary>An entry of a table: its key ends with seven bytes of sequence and one of kind.</summary>
    public bool Take(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        if (key.Length < 8)
            return true;
        var tail = BinaryPrimitives.ReadUInt64LittleEndian(key.Span[^8..]);
        return Put(key.Span[..^8], tail >> 8, (tail & 0xff) == 1 ? value.Span : null, (tail & 0xff) == 1);
    }

    /// <summary>A record of a log: a sequence, a count, then keys that are put or deleted. False when it cannot be read.</summary>
    public bool TakeBatch(ReadOnlySpan<byte> batch)
    {
        if (batch.Length < 12)
            return false;
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(batch);
        var rest = new LevelDbBytes(batch[12..]);
        while (!rest.IsEmpty)
        {
            if (!rest.TryTake(1, out var kind) || kind[0] > 1 || !rest.TryText(out var key))
                return false;
            ReadOnlySpan<byte> value = default;
            if (kind[0] == 1 && !rest.TryText(out value))
                return false;
            if (!Put(key, sequence, value, kind[0] == 1))
                return true;
            sequence++;
        }

        return true;
    }

    private bool Put(ReadOnlySpan<byte> key, ulong sequence, ReadOnlySpan<byte> value, bool isThere)
    {
        // The original's keys are ASCII; Latin-1 keeps any other apart too.
        var name = System.Text.Encoding.Latin1.GetString(key);
        if (newest.TryGetValue(name, out var known) && known.Sequence > sequence)
            return true;
        if (newest.Count >= limits.MaxEntries || bytes + key.Length + value.Length > limits.MaxBytes)
        {
            IsFull = true;
            return false;
        }

        bytes += key.Length + value.Length - (known.Value?.Length ?? 0);
        newest[name] = (sequence, isThere ? value.ToArray() : null);
        return true;
    }
}
