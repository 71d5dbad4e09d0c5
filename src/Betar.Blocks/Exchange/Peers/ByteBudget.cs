namespace Betar.Blocks.Exchange.Peers;

/// <summary>So many bytes may be taken at once, of the one above too where there is one.</summary>
internal sealed class ByteBudget(long limit, string name, ByteBudget? above = null)
{
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <returns>Null when they were taken; else the name of the limit that they would break.</returns>
    public string? TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > limit)
        {
            Interlocked.Add(ref _taken, -bytes);
            return name;
        }

        if (above?.TryTake(bytes) is not { } broken)
            return null;
        Interlocked.Add(ref _taken, -bytes);
        return broken;
    }

    public void Give(long bytes)
    {
        Interlocked.Add(ref _taken, -bytes);
        above?.Give(bytes);
    }
}
