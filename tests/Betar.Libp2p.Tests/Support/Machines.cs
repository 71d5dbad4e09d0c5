using Betar.Libp2p.Discovery;
using Betar.Libp2p.Discovery.Mdns;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Machines of one simulated internet, each with a host and its discovery.</summary>
internal sealed class Machines(Simulated run) : IAsyncDisposable
{
    private readonly MemoryNetwork _network = new(run.Time, run.Simulation.Seed);
    private readonly Dictionary<Multiaddr, Multiaddr> _callers = [];
    private readonly List<Machine> _all = [];

    /// <summary>Starts a host at this address, whose port no other machine may have, and its discovery.</summary>
    public async Task<Machine> StartAsync(
        byte number, string ip, DiscoverySettings? settings = null, Action<Libp2pHostBuilder>? configure = null, IMulticastNetwork? links = null, bool start = true,
        Func<Libp2pHost, IPeerSource>? source = null)
    {
        var transport = new IpTransport(_network, ip) { Callers = _callers };
        var family = ip.Contains(':', StringComparison.Ordinal) ? "ip6" : "ip4";
        var builder = Libp2pHost.CreateBuilder().WithIdentity(Somebody.Key(number)).WithTransport(transport).WithTime(run.Time).WithScheduler(run.Scheduler)
            .Listen($"/{family}/{ip}/tcp/{4000 + number}");
        configure?.Invoke(builder);
        var host = builder.Build();
        settings ??= new DiscoverySettings { Mdns = links is not null, Remembered = false };
        settings.Sources = source is null ? settings.Sources : [source(host)];
        var discovery = new PeerDiscovery(host, settings, links ?? new MulticastHub(run.Time).Machine(ip));
        await host.StartAsync();
        var machine = new Machine(host, discovery, transport);
        _all.Add(machine);
        if (start)
            discovery.Start();
        return machine;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _all)
            await machine.StopAsync();
    }

    internal sealed record Machine(Libp2pHost Host, PeerDiscovery Discovery, IpTransport Transport)
    {
        public Multiaddr Address => Host.Addresses[0];

        public bool Knows(Machine other) => Host.Connections.Any(connection => connection.Peer == other.Host.PeerId);

        public async Task StopAsync()
        {
            await Discovery.DisposeAsync();
            await Host.DisposeAsync();
        }
    }
}
