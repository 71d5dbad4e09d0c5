using System.Net;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Connections in memory that look like TCP between machines of these addresses. A port is a number of the network, wherever it is.</summary>
/// <param name="self">Where this machine is, as others see it.</param>
internal sealed class IpTransport(MemoryNetwork network, string self) : IByteTransport
{
    /// <summary>Every address that somebody tried to reach.</summary>
    public List<Multiaddr> Dialed { get; } = [];

    public string Name => "ip";

    public bool CanDial(Multiaddr address) => address.TryGetIpEndPoint(out _);

    public bool CanListen(Multiaddr address) => CanDial(address);

    public async ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        Dialed.Add(address.WithoutPeer());
        await Task.Delay(TimeSpan.FromMilliseconds(1), network.Time, cancellationToken);
        var dialing = network.Connect((ulong)PortOf(address));
        Callers.Add(dialing.Local, Multiaddr.Parse($"/ip4/{self}/tcp/40000"));
        return new Channel(dialing, address.WithoutPeer());
    }

    public ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        var listener = new MemoryListener(network, (ulong)PortOf(address));
        return network.TryAdd((ulong)PortOf(address), listener)
            ? new ValueTask<ITransportListener>(new Listener(listener, address, this))
            : throw new Libp2pException(Libp2pError.Refused, $"{address} is in use.");
    }

    /// <summary>Shared by all machines of a test: where the caller of a channel is.</summary>
    public Dictionary<Multiaddr, Multiaddr> Callers { get; init; } = [];

    private static int PortOf(Multiaddr address) => address.TryGetIpEndPoint(out var endPoint) ? endPoint.Port : throw new Libp2pException(Libp2pError.NotDialable, "No port.");

    private sealed class Listener(ITransportListener inner, Multiaddr address, IpTransport owner) : ITransportListener
    {
        public Multiaddr Address => address;

        public async ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken) =>
            await inner.AcceptAsync(cancellationToken) is { } channel
                ? new Channel(channel, owner.Callers.GetValueOrDefault(channel.Remote, Multiaddr.FromEndPoint(new IPEndPoint(IPAddress.Parse("192.0.2.99"), 1))))
                : null;

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Channel(IByteChannel inner, Multiaddr remote) : IByteChannel
    {
        public Multiaddr Local => inner.Local;

        public Multiaddr Remote => remote;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => inner.ReadAsync(buffer, cancellationToken);

        public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => inner.WriteAsync(data, cancellationToken);

        public void Abort() => inner.Abort();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
