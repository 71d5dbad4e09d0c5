using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Betar.Libp2p.Discovery.Mdns;

namespace Betar.Libp2p.Tests.Support;

/// <summary>One link in memory; what one machine sends comes to all, itself included.</summary>
internal sealed class MulticastHub(TimeProvider time)
{
    private readonly List<Link> _links = [];

    /// <summary>Every packet, with its sender and its time.</summary>
    public List<(DateTimeOffset At, IPAddress Sender, byte[] Bytes)> Sent { get; } = [];

    public FakeNetwork Machine(string ip) => new(this, IPAddress.Parse(ip));

    /// <summary>What a stranger on the link sends.</summary>
    public void Send(string sender, byte[] packet) => Send(IPAddress.Parse(sender), packet);

    private void Send(IPAddress sender, byte[] packet)
    {
        Sent.Add((time.GetUtcNow(), sender, packet));
        foreach (var link in _links.ToList())
            link.Arrived.Writer.TryWrite((packet, sender));
    }

    internal sealed class FakeNetwork(MulticastHub hub, IPAddress self) : IMulticastNetwork
    {
        private readonly List<MulticastInterface> _interfaces = [new(2, AddressFamily.InterNetwork, self.Equals(IPAddress.Loopback), "0.0.0.0/0")];

        /// <summary>Links that were opened and not closed.</summary>
        public int Open { get; private set; }

        public int Opened { get; private set; }

        public bool Refuses { get; set; }

        public void Add(MulticastInterface link) => _interfaces.Add(link);

        public void Clear() => _interfaces.Clear();

        public IReadOnlyList<MulticastInterface> Interfaces() => [.. _interfaces];

        /// <summary>As when a cable is pulled: the next read of every link fails.</summary>
        public void Break() => hub._links.ForEach(link => link.Arrived.Writer.TryComplete(new SocketException((int)SocketError.NetworkDown)));

        IMulticastLink IMulticastNetwork.Open(MulticastInterface link)
        {
            if (Refuses)
                throw new SocketException((int)SocketError.AddressNotAvailable);
            (Open, Opened) = (Open + 1, Opened + 1);
            var opened = new Link(hub, self, () => Open--);
            hub._links.Add(opened);
            return opened;
        }
    }

    internal sealed class Link(MulticastHub hub, IPAddress self, Action closed) : IMulticastLink
    {
        public Channel<(byte[] Packet, IPAddress Sender)> Arrived { get; } = Channel.CreateUnbounded<(byte[], IPAddress)>();

        public ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(!hub._links.Contains(this), this);
            hub.Send(self, packet.ToArray());
            return default;
        }

        public async ValueTask<MulticastPacket> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            try
            {
                var (packet, sender) = await Arrived.Reader.ReadAsync(cancellationToken);
                packet.AsSpan(0, Math.Min(packet.Length, buffer.Length)).CopyTo(buffer.Span);
                return new MulticastPacket(Math.Min(packet.Length, buffer.Length), sender);
            }
            catch (ChannelClosedException ended)
            {
                throw ended.InnerException as SocketException ?? (Exception)new ObjectDisposedException(nameof(Link));
            }
        }

        public void Dispose()
        {
            if (!hub._links.Remove(this))
                return;
            closed();
            Arrived.Writer.TryComplete();
        }
    }
}
