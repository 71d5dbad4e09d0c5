using Betar.Libp2p.Discovery.Exchange;
using Betar.Libp2p.Discovery.Mdns;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Discovery;

/// <summary>Runs the sources of a host and has what they find dialled.</summary>
public sealed partial class PeerDiscovery : IPeerDiscovery, IPeerSink
{
    private readonly IReadOnlyList<IPeerSource> _sources;
    private readonly CandidateDialer _dialer;
    private readonly BackgroundWork _work;
    private readonly ILogger _logger;
    private readonly PeerExchange? _exchange;
    private readonly CancellationTokenSource _stopping = new();
    private bool _started;

    internal PeerDiscovery(Libp2pHost host, DiscoverySettings settings, IMulticastNetwork network)
    {
        var parts = host.Parts;
        var options = parts.Options.Discovery;
        _logger = parts.Loggers.CreateLogger<PeerDiscovery>();
        _work = new BackgroundWork(parts.Scheduler, _logger);
        _dialer = new CandidateDialer(host, options, _work, Raise, _stopping.Token);
        List<IPeerSource> sources = [];
        if (settings.Remembered)
            sources.Add(new RememberedPeers(host, options));
        if (settings.Bootstrap.Count > 0)
            sources.Add(new BootstrapPeers(host, options, settings.Bootstrap, Raise));
        if (settings.Mdns)
            sources.Add(new MdnsPeers(host, options.Mdns, settings.MdnsService, network, _work));
        if (settings.Exchange)
            sources.Add(_exchange = new PeerExchange(host, options, _work));
        _sources = [.. sources, .. settings.Sources];
    }

    public event EventHandler<PeerFoundEventArgs>? PeerFound;

    public IReadOnlyList<string> Sources => [.. _sources.Select(source => source.Name)];

    /// <summary>Before the host is started, so that it can tell peers at once that it answers their questions.</summary>
    public static PeerDiscovery Create(Libp2pHost host, DiscoverySettings settings) =>
        new(host, settings, new SystemMulticastNetwork(settings.MdnsLoopbackOnly));

    public void Start()
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        if (_started)
            throw new InvalidOperationException("A discovery is started once.");
        _started = true;
        foreach (var source in _sources)
            _work.Run(() => source.RunAsync(this, _stopping.Token));
    }

    void IPeerSink.Take(PeerCandidate candidate) => _dialer.Take(candidate);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        _stopping.Cancel();
        _exchange?.Dispose();
        await _work.WhenIdleAsync();
    }

    private void Raise(PeerFoundEventArgs found)
    {
        LogFound(_logger, found.Peer, found.Source);
        try
        {
            PeerFound?.Invoke(this, found);
        }
        catch (Exception error)
        {
            LogEventHandlerFailed(_logger, error);
        }
    }
}
