namespace Betar.Libp2p.Discovery;

/// <summary>Finds peers by all the ways that it was given, and connects the host to them. Disposing ends it; connections stay.</summary>
public interface IPeerDiscovery : IAsyncDisposable
{
    /// <summary>A peer was found and is connected now. Handlers must not block; what they throw is logged.</summary>
    event EventHandler<PeerFoundEventArgs>? PeerFound;

    /// <summary>The ways in use, by name.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>Begins. The host must be running.</summary>
    void Start();
}
