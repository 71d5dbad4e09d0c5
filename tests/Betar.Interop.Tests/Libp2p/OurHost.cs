using Betar.Libp2p;
using Betar.Libp2p.Events;
using Betar.Libp2p.Multiformats;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>A host of ours with the served protocols, and what happens to its peers.</summary>
internal sealed class OurHost : IAsyncDisposable
{
    private const int Many = 100_000;
    private readonly List<(Predicate<HostEventArgs> Wanted, TaskCompletionSource<HostEventArgs> Seen)> _waiting = [];
    private readonly List<HostEventArgs> _events = [];

    private OurHost(Libp2pHost host, Served served)
    {
        (Host, Served) = (host, served);
        host.PeerChanged += (_, args) => Note(args);
    }

    public Libp2pHost Host { get; }

    public Served Served { get; }

    public string PeerId => Host.PeerId.ToString();

    public string Address => Host.Addresses[0].ToString();

    public static async Task<OurHost> StartAsync(string listen = "/ip4/127.0.0.1/tcp/0", Action<Libp2pOptions>? configure = null, Func<Libp2pHostBuilder, Libp2pHostBuilder>? build = null)
    {
        var served = new Served();
        var builder = served.On(Libp2pHost.CreateBuilder().Listen(listen)
            .WithWebSocketCertificate(ServerCertificate.Own).WithWebSocketRoots(ServerCertificate.Own).Configure(options =>
        {
            // All the strangers of these tests come from one address, and come often.
            options.Connections.LoopbackInbound = Many;
            options.Connections.LoopbackHalfOpen = Many;
            options.Connections.LoopbackNewPerSecond = Many;
            options.Connections.LoopbackNewBurst = Many;
            options.Streams.InboundPerProtocolAndPeer = 512;
            configure?.Invoke(options);
        }));
        var host = (build is null ? builder : build(builder)).Build();
        var ours = new OurHost(host, served);
        await host.StartAsync();
        return ours;
    }

    /// <summary>Waits until this has happened, unless it has.</summary>
    public Task<HostEventArgs> SawAsync(Predicate<HostEventArgs> wanted)
    {
        lock (_events)
        {
            if (_events.Find(wanted) is { } seen)
                return Task.FromResult(seen);
            var waiting = new TaskCompletionSource<HostEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, waiting));
            return waiting.Task.WaitAsync(Partner.PartnerProcess.Patience);
        }
    }

    public Task<HostEventArgs> SawAsync(HostEventKind kind) => SawAsync(args => args.Kind == kind);

    public Task<Betar.Libp2p.Connections.ConnectionInfo> DialAsync(string address) => Host.ConnectAsync(Multiaddr.Parse(address));

    /// <summary>Waits until as many connections have ended as have begun.</summary>
    public async Task GoneAsync()
    {
        while (Host.Connections.Count > 0)
            await SawAsync(_ => Host.Connections.Count == 0);
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    private void Note(HostEventArgs args)
    {
        lock (_events)
        {
            _events.Add(args);
            foreach (var (_, seen) in _waiting.Where(waiting => waiting.Wanted(args)))
                seen.TrySetResult(args);
            _waiting.RemoveAll(waiting => waiting.Seen.Task.IsCompleted);
        }
    }
}
