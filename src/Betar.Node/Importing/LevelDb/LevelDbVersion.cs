namespace Betar.Node.Importing.LevelDb;

/// <summary>Which files hold the database now, as its manifest says.</summary>
internal sealed class LevelDbVersion
{
    public HashSet<ulong> Tables { get; } = [];

    /// <summary>Logs from this number on are not in tables yet.</summary>
    public ulong LogNumber { get; private set; }

    /// <summary>One record of the manifest; false when it cannot be read.</summary>
    public bool Apply(ReadOnlySpan<byte> edit)
    {
        var bytes = new LevelDbBytes(edit);
        while (!bytes.IsEmpty)
        {
            if (!bytes.TryVarint(out var tag))
                return false;
            var read = tag switch
            {
                1 => bytes.TryText(out _),
                2 => TakeLog(ref bytes),
                3 or 4 or 9 => bytes.TryVarint(out _),
                5 => bytes.TryVarint(out _) && bytes.TryText(out _),
                6 => bytes.TryVarint(out _) && Forget(ref bytes),
                7 => bytes.TryVarint(out _) && Add(ref bytes) && bytes.TryVarint(out _) && bytes.TryText(out _) && bytes.TryText(out _),
                _ => false,
            };
            if (!read)
                return false;
        }

        return true;
    }

    private bool TakeLog(ref LevelDbBytes bytes)
    {
        if (!bytes.TryVarint(out var number))
            return false;
        LogNumber = number;
        return true;
    }

    private bool Forget(ref LevelDbBytes bytes)
    {
        if (!bytes.TryVarint(out var number))
            return false;
        Tables.Remove(number);
        return true;
    }

    private bool Add(ref LevelDbBytes bytes)
    {
        if (!bytes.TryVarint(out var number))
            return false;
        Tables.Add(number);
        return true;
    }
}
