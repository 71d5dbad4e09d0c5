namespace Betar.Storage.Holding;

/// <summary>Counts what a table holds. A row counts before it is written, so that many at once cannot pass the limit together.</summary>
internal sealed class RowRoom(RowUse use, long maxEntries, long maxBytes = long.MaxValue)
{
    private readonly Lock gate = new();

    public RowUse Use
    {
        get
        {
            lock (gate)
                return use;
        }
    }

    public void Add(RowUse change)
    {
        lock (gate)
            use += change;
    }

    /// <summary>Writes what may be one more row: told whether there is room for it, it says by how much more is kept.</summary>
    public async Task<TResult> WriteAsync<TResult>(Func<bool, ValueTask<(TResult Result, RowUse Change)>> write)
    {
        var hasRoom = Reserve();
        var change = default(RowUse);
        try
        {
            (var result, change) = await write(hasRoom);
            return result;
        }
        finally
        {
            Add(change + new RowUse(-1, 0));
        }
    }

    private bool Reserve()
    {
        lock (gate)
        {
            var hasRoom = use.Entries < maxEntries && use.Bytes < maxBytes;
            use += new RowUse(1, 0);
            return hasRoom;
        }
    }
}
