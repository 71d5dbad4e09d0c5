using Betar.Libp2p.Connections;

namespace Betar.Libp2p.Dialing;

/// <summary>One dial of a peer that any number of callers wait for. When the last of them gives up, so does the dial.</summary>
internal sealed class DialJob(CancellationToken host) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(host);
    private int _waiting;

    public CancellationToken Token => _cancellation.Token;

    public Task<PeerConnection> Task { get; set; } = null!;

    public void Join() => _waiting++;

    /// <summary>True when nobody waits any more.</summary>
    public bool Leave() => --_waiting == 0;

    public void Cancel() => _cancellation.Cancel();

    public void Dispose() => _cancellation.Dispose();
}
