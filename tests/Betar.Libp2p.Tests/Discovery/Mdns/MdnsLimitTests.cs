using System.Net.Sockets;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Discovery.Mdns;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery.Mdns;

public sealed class MdnsLimitTests
{
    private static readonly DiscoverySettings OnlyMdns = new() { Remembered = false, Exchange = false, MdnsService = "betar-mdns" };

    [Fact]
    [Hits("mdns.packet_bytes")]
    public void A_packet_that_is_too_long_is_not_read() => Run(async (run, hub, machine) =>
    {
        var packet = Answer(2);
        hub.Send("192.168.1.9", [.. packet, .. new byte[1400 - packet.Length]]);
        await run.Wait(TimeSpan.FromMilliseconds(50));
        Assert.Single(machine.Transport.Dialed);
        Assert.Equal(0, machine.Host.LimitHits.GetValueOrDefault("mdns.packet_bytes"));

        packet = Answer(3);
        hub.Send("192.168.1.9", [.. packet, .. new byte[1401 - packet.Length]]);
        hub.Send("192.168.1.9", new byte[9000]);
        await run.Wait(TimeSpan.FromMilliseconds(50));
        Assert.Single(machine.Transport.Dialed);
        Assert.Equal(2, machine.Host.LimitHits["mdns.packet_bytes"]);
    });

    [Fact]
    [Hits("mdns.records")]
    public void A_packet_with_too_many_records_is_not_read() => Run(async (run, hub, machine) =>
    {
        var packet = Answer(2);
        packet[5] = 62;
        hub.Send("192.168.1.9", packet);
        await run.Wait(TimeSpan.FromMilliseconds(50));

        Assert.Empty(machine.Transport.Dialed);
        Assert.Equal(1, machine.Host.LimitHits["mdns.records"]);
    });

    [Fact]
    [Hits("mdns.peers")]
    public void Of_a_packet_with_many_peers_the_first_are_taken() => Run(async (run, hub, machine) =>
    {
        hub.Send("192.168.1.9", MdnsWriter.Answer(
            "betar-mdns.local", "abc", [.. Enumerable.Range(2, 9).Select(n => Multiaddr.Parse($"/ip4/192.168.1.9/tcp/{5000 + n}").WithPeer(Somebody.Id((byte)n)))], TimeSpan.FromMinutes(1), 1400));
        await run.Wait(TimeSpan.FromMilliseconds(50));

        Assert.Equal(8, machine.Transport.Dialed.Count);
        Assert.Equal(1, machine.Host.LimitHits["mdns.peers"]);
    });

    [Fact]
    [Hits("mdns.packets_per_second")]
    public void Who_talks_too_much_is_not_listened_to_and_others_are() => Run(async (run, hub, machine) =>
    {
        for (var i = 0; i < 41; i++)
            hub.Send("192.168.1.9", [0]);
        hub.Send("192.168.1.9", Answer(2));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        Assert.Empty(machine.Transport.Dialed);
        Assert.Equal(2, machine.Host.LimitHits["mdns.packets_per_second"]);

        hub.Send("192.168.1.10", Answer(3));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        Assert.Single(machine.Transport.Dialed);
    });

    [Fact]
    [Hits("mdns.links")]
    public void No_more_links_are_joined_than_allowed() => Simulated.Run(async run =>
    {
        var links = new MulticastHub(run.Time).Machine("192.168.1.1");
        for (var i = 3; i < 20; i++)
            links.Add(new MulticastInterface(i, AddressFamily.InterNetwork, false, ""));
        await using var machines = new Machines(run);
        var machine = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: links);
        await run.Wait(TimeSpan.FromMilliseconds(500));

        Assert.Equal(16, links.Open);
        Assert.Equal(1, machine.Host.LimitHits["mdns.links"]);
    });

    private static byte[] Answer(byte peer) => MdnsWriter.Answer(
        "betar-mdns.local", "abc", [Multiaddr.Parse($"/ip4/192.168.1.9/tcp/{5000 + peer}").WithPeer(Somebody.Id(peer))], TimeSpan.FromMinutes(1), 1400);

    private static void Run(Func<Simulated, MulticastHub, Machines.Machine, Task> body) => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var machine = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        await body(run, hub, machine);
    });
}
