using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Hosts over connections in memory; the first of a pair listens, the second knows where.</summary>
internal sealed class HostPair : IAsyncDisposable
{
    private HostPair(Libp2pHost listener, Libp2pHost dialer, MemoryNetwork network)
    {
        Listener = listener;
        Dialer = dialer;
        Network = network;
    }

    public Libp2pHost Listener { get; }

    public Libp2pHost Dialer { get; }

    public MemoryNetwork Network { get; }

    public Multiaddr Address => Listener.Addresses[0];

    public static Libp2pHostBuilder Builder(MemoryNetwork network, byte seed, TaskScheduler? scheduler = null) => Libp2pHost.CreateBuilder()
        .WithIdentity(IdentityKey.FromEd25519Seed([.. Enumerable.Repeat(seed, 32)]))
        .WithTransport(new MemoryTransport(network)).WithTime(network.Time).WithScheduler(scheduler ?? TaskScheduler.Current);

    public static Task<HostPair> StartAsync(Simulated run, Action<Libp2pHostBuilder>? listener = null, Action<Libp2pHostBuilder>? dialer = null) =>
        StartAsync(new MemoryNetwork(run.Time, run.Simulation.Seed), listener, dialer);

    /// <param name="listener">What is different about the one that listens.</param>
    /// <param name="dialer">What is different about the other.</param>
    public static async Task<HostPair> StartAsync(
        MemoryNetwork network, Action<Libp2pHostBuilder>? listener = null, Action<Libp2pHostBuilder>? dialer = null)
    {
        var first = Builder(network, 1).Listen("/memory/0");
        listener?.Invoke(first);
        var second = Builder(network, 2);
        dialer?.Invoke(second);
        var pair = new HostPair(first.Build(), second.Build(), network);
        await pair.Listener.StartAsync();
        await pair.Dialer.StartAsync();
        return pair;
    }

    public async Task<Libp2pStream> OpenAsync(string protocol) => await Dialer.OpenStreamAsync(Address, protocol);

    public async ValueTask DisposeAsync()
    {
        await Dialer.DisposeAsync();
        await Listener.DisposeAsync();
    }
}
