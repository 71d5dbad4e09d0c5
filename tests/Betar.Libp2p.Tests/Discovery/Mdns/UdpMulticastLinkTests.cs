using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Betar.Libp2p.Discovery.Mdns;

namespace Betar.Libp2p.Tests.Discovery.Mdns;

/// <summary>Real sockets, on the loopback link only.</summary>
public sealed class UdpMulticastLinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static MulticastInterface Loopback => Assert.Single(new SystemMulticastNetwork(loopbackOnly: true).Interfaces());

    [Fact]
    public void The_loopback_is_a_link_of_this_machine_alone()
    {
        Assert.True(Loopback.IsLoopback);
        Assert.Equal(AddressFamily.InterNetwork, Loopback.Family);
        Assert.True(Loopback.IsOnLink(IPAddress.Loopback));
        // The system puts any of the machine's addresses on what it sends there.
        Assert.True(Loopback.IsOnLink(IPAddress.Parse("192.168.1.1")));
        Assert.Equal(Loopback, Loopback);
    }

    [Fact]
    public async Task What_one_sends_all_of_the_machine_hear()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var one = new UdpMulticastLink(Loopback);
        using var two = new UdpMulticastLink(Loopback);
        var packet = RandomNumberGenerator.GetBytes(1400);
        await one.SendAsync(packet, patience.Token);

        await HearAsync(two, packet, patience.Token);
        await HearAsync(one, packet, patience.Token);
    }

    [Fact]
    public async Task What_does_not_come_through_the_group_is_not_heard()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var link = new UdpMulticastLink(Loopback);
        using var stranger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var (straight, proper) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        await stranger.SendToAsync(straight, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, 5353), patience.Token);
        using var other = new UdpMulticastLink(Loopback);
        await other.SendAsync(proper, patience.Token);

        var buffer = new byte[100];
        while (true)
        {
            var packet = await link.ReceiveAsync(buffer, patience.Token);
            Assert.False(buffer.AsSpan(0, packet.Length).SequenceEqual(straight));
            if (buffer.AsSpan(0, packet.Length).SequenceEqual(proper))
                break;
        }
    }

    [Fact]
    public async Task A_packet_that_does_not_fit_fills_the_buffer()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var one = new UdpMulticastLink(Loopback);
        using var two = new UdpMulticastLink(Loopback);
        var packet = RandomNumberGenerator.GetBytes(5000);
        await one.SendAsync(packet, patience.Token);

        await HearAsync(two, packet[..100], patience.Token);
    }

    [Fact]
    public async Task A_link_that_is_closed_ends_who_listens()
    {
        var link = new UdpMulticastLink(Loopback);
        var listening = link.ReceiveAsync(new byte[1], default).AsTask();
        link.Dispose();

        var error = await Record.ExceptionAsync(() => listening);
        Assert.True(error is SocketException or ObjectDisposedException, error?.ToString());
    }

    [Fact]
    public void Who_is_on_a_link_shows_his_address()
    {
        var link = new MulticastInterface(2, AddressFamily.InterNetworkV6, false, "fd00:1::/64 2001:db8::/48");

        Assert.True(link.IsOnLink(IPAddress.Parse("fd00:1::7")));
        Assert.True(link.IsOnLink(IPAddress.Parse("2001:db8::7")));
        Assert.True(link.IsOnLink(IPAddress.Parse("fe80::7")));
        Assert.False(link.IsOnLink(IPAddress.Parse("fd00:2::7")));
        Assert.False(link.IsOnLink(IPAddress.Parse("10.0.0.1")));
        Assert.False(new MulticastInterface(2, AddressFamily.InterNetworkV6, false, "").IsOnLink(IPAddress.Parse("2001:db8::7")));
    }

    // Others of this machine may talk on the same link.
    private static async Task HearAsync(UdpMulticastLink link, byte[] wanted, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(1500, wanted.Length == 100 ? 100 : 1500)];
        while (true)
        {
            var packet = await link.ReceiveAsync(buffer, cancellationToken);
            if (buffer.AsSpan(0, packet.Length).SequenceEqual(wanted))
                return;
        }
    }
}
