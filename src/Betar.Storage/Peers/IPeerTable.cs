namespace Betar.Storage.Peers;

/// <summary>The peers that were met, one row each, over restarts. What is known of them is opaque here.</summary>
public interface IPeerTable
{
    /// <summary>
    /// Completes when the row is on disk. Makes room by itself: rows not seen since <paramref name="forgetBefore"/> go, and above
    /// <paramref name="most"/> those who are worth least, the oldest first.
    /// </summary>
    ValueTask PutAsync(PeerTableRow row, int most, DateTimeOffset forgetBefore, CancellationToken cancellationToken);

    ValueTask<PeerTableRow?> FindAsync(ReadOnlyMemory<byte> id, CancellationToken cancellationToken);

    /// <summary>Those who are worth most, and among equals those seen last, the best first; no more than <paramref name="most"/>.</summary>
    ValueTask<IReadOnlyList<PeerTableRow>> BestAsync(int most, CancellationToken cancellationToken);

    ValueTask<int> CountAsync(CancellationToken cancellationToken);
}
