namespace Betar.Libp2p.Discovery;

/// <summary>One way of finding peers.</summary>
public interface IPeerSource
{
    /// <summary>In metrics and events.</summary>
    string Name { get; }

    /// <summary>Finds peers until it is cancelled, or until there is nothing more to find.</summary>
    Task RunAsync(IPeerSink sink, CancellationToken cancellationToken);
}
