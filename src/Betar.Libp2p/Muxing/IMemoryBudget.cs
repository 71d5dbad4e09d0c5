namespace Betar.Libp2p.Muxing;

/// <summary>Memory that somebody else counts: a peer's, a connection's, the process's.</summary>
internal interface IMemoryBudget
{
    bool TryReserve(long bytes);

    void Release(long bytes);
}
