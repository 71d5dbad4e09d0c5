using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;
using TcpListener = Betar.Libp2p.Transports.Tcp.TcpListener;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>The system may be short of handles for a while: a host that could not take a connection takes the next one.</summary>
public sealed class AcceptFaultTests
{
    [Fact]
    public void A_host_goes_on_after_a_connection_that_could_not_be_taken() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, run.Simulation.Seed);
        var transport = new Stumbling(new MemoryTransport(network));
        await using var listener = Libp2pHost.CreateBuilder().WithIdentity(Somebody.Key(1)).WithTransport(transport).WithTime(run.Time)
            .WithScheduler(run.Scheduler).Listen("/memory/0").Build();
        await listener.StartAsync();
        await using var dialer = HostPair.Builder(network, 2).Build();
        await dialer.StartAsync();

        Assert.Equal(listener.PeerId, (await dialer.ConnectAsync(listener.Addresses[0])).Peer);
        Assert.Equal(3, transport.Stumbled);
    });

    [Fact]
    public async Task What_the_system_refuses_is_said_as_of_a_broken_world()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        await using var listener = new TcpListener(socket);
        // As near to a system that gives no connection as a test comes: one that listens no more, and is open.
        socket.Shutdown(SocketShutdown.Both);

        var refused = await Assert.ThrowsAsync<Libp2pException>(async () => await listener.AcceptAsync(default));

        Assert.Equal(Libp2pError.Refused, refused.Code);
    }

    /// <summary>Fails three times before it takes a connection.</summary>
    private sealed class Stumbling(IByteTransport inner) : IByteTransport
    {
        public string Name => inner.Name;

        public int Stumbled { get; private set; }

        public bool CanDial(Multiaddr address) => inner.CanDial(address);

        public bool CanListen(Multiaddr address) => inner.CanListen(address);

        public ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken) => inner.DialAsync(address, cancellationToken);

        public async ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken) =>
            new Listener(this, await inner.ListenAsync(address, cancellationToken));

        private sealed class Listener(Stumbling transport, ITransportListener inner) : ITransportListener
        {
            public Multiaddr Address => inner.Address;

            public ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken) =>
                ++transport.Stumbled <= 3 ? throw new Libp2pException(Libp2pError.Refused, "No handles are left.") : AcceptLaterAsync(cancellationToken);

            public ValueTask DisposeAsync() => inner.DisposeAsync();

            private ValueTask<IByteChannel?> AcceptLaterAsync(CancellationToken cancellationToken)
            {
                transport.Stumbled = 3;
                return inner.AcceptAsync(cancellationToken);
            }
        }
    }
}
