namespace Betar.Libp2p.Muxing;

/// <summary>A budget of so many bytes.</summary>
internal sealed class MemoryBudget(long limit) : IMemoryBudget
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit)
            return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
