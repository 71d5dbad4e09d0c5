using System.Net.Sockets;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Discovery.Mdns;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery.Mdns;

public sealed class MdnsPeersTests
{
    private const string Service = "betar-mdns";
    private static readonly DiscoverySettings OnlyMdns = new() { Remembered = false, Exchange = false, MdnsService = Service };

    [Fact]
    public void Three_machines_of_one_link_find_each_other() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        var two = await machines.StartAsync(2, "192.168.1.2", OnlyMdns, links: hub.Machine("192.168.1.2"));
        var three = await machines.StartAsync(3, "192.168.1.3", OnlyMdns, links: hub.Machine("192.168.1.3"));

        await run.Wait(TimeSpan.FromMilliseconds(1_500));

        Assert.True(one.Knows(two) && one.Knows(three) && two.Knows(three));
        Assert.True(two.Knows(one) && three.Knows(one) && three.Knows(two));
    });

    [Fact]
    public void Another_service_is_not_ours() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        var two = await machines.StartAsync(2, "192.168.1.2", new DiscoverySettings { Remembered = false, Exchange = false }, links: hub.Machine("192.168.1.2"));

        await run.Wait(TimeSpan.FromMinutes(1));

        Assert.False(one.Knows(two));
        // Of the two services, each is only asked for.
        Assert.All(hub.Sent, sent => Assert.True(MdnsMessage.TryParse(sent.Bytes, 64, out var message) && (!message.IsAnswer || message.Records.Count == 2)));
    });

    [Fact]
    public void What_is_switched_off_says_nothing() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        var links = hub.Machine("192.168.1.1");
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", new DiscoverySettings { Mdns = false }, links: links);

        await run.Wait(TimeSpan.FromMinutes(1));

        Assert.Empty(hub.Sent);
        Assert.Equal(0, links.Opened);
        Assert.DoesNotContain("mdns", one.Discovery.Sources);
    });

    [Fact]
    public void Questions_come_quickly_at_first_and_then_at_their_interval() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var begin = run.Time.GetUtcNow();
        await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));

        await run.Wait(TimeSpan.FromSeconds(36));

        Assert.Equal([0, 1, 3, 7, 15, 25, 35], Questions(hub).Select(at => (int)(at - begin).TotalSeconds));
    });

    [Fact]
    public void However_many_ask_one_answer_a_second_is_given() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        await run.Wait(TimeSpan.FromSeconds(20));
        hub.Sent.Clear();

        for (var i = 0; i < 30; i++)
        {
            hub.Send($"192.168.1.{100 + i}", MdnsWriter.Query("betar-mdns.local"));
            await run.Wait(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(4, Answers(hub).Count);
        Assert.All(Answers(hub).Zip(Answers(hub).Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(1)));
    });

    [Fact]
    public void On_a_link_nobody_is_told_of_addresses_of_the_machine_or_of_other_transports() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"), configure: builder => builder
            .Announce(Multiaddr.Parse("/ip4/127.0.0.1/tcp/4001")).Announce(Multiaddr.Parse("/ip4/192.168.1.1/tcp/4001/ws")).Announce(Multiaddr.Parse("/dns4/example.org/tcp/1"))
            .Announce(Multiaddr.Parse("/ip4/192.168.1.1/udp/4001/quic-v1")).Announce(Multiaddr.Parse("/ip4/192.168.1.1/tcp/4001")));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(
            ["/ip4/192.168.1.1/udp/4001/quic-v1", "/ip4/192.168.1.1/tcp/4001"],
            Records(hub).SelectMany(MdnsWriter.AddressesOf).Select(address => address.WithoutPeer().ToString()).Distinct());
        Assert.Matches("^[a-z0-9]{32,63}[.]betar-mdns[.]local$", Records(hub).First(record => record.Type == MdnsRecordType.Txt).Owner);
    });

    [Fact]
    public void With_nothing_that_could_be_dialled_there_is_no_answer() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        await machines.StartAsync(1, "127.0.0.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        hub.Send("192.168.1.5", MdnsWriter.Query("betar-mdns.local"));
        await run.Wait(TimeSpan.FromSeconds(5));

        Assert.Empty(Answers(hub));
        Assert.NotEmpty(Questions(hub));
    });

    [Fact]
    public void On_the_loopback_peers_of_this_machine_find_each_other() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "127.0.0.1", OnlyMdns, links: hub.Machine("127.0.0.1"));
        var two = await machines.StartAsync(2, "127.0.0.1", OnlyMdns, links: hub.Machine("127.0.0.1"));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(one.Knows(two));
    });

    [Fact]
    public void A_neighbour_cannot_send_us_to_our_own_services() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        hub.Send("192.168.1.66", Answer(2, "/ip4/127.0.0.1/tcp/22", "/ip4/169.254.169.254/tcp/80", "/ip4/224.0.0.1/tcp/80"));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(one.Transport.Dialed);

        hub.Send("192.168.1.66", Answer(3, "/ip4/192.168.1.66/tcp/4001"));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(["/ip4/192.168.1.66/tcp/4001"], one.Transport.Dialed.Select(address => address.ToString()));
    });

    [Fact]
    public void Our_own_answer_a_goodbye_and_what_is_broken_lead_nowhere() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: hub.Machine("192.168.1.1"));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        hub.Send("192.168.1.66", Answer(1, "/ip4/192.168.1.66/tcp/4001"));
        hub.Send("192.168.1.66", MdnsWriter.Answer("betar-mdns.local", "abc", [Multiaddr.Parse("/ip4/192.168.1.66/tcp/1").WithPeer(Somebody.Id(2))], TimeSpan.Zero, 1400));
        hub.Send("192.168.1.66", [1, 2, 3]);
        hub.Send("192.168.1.66", [.. Answer(2, "/ip4/192.168.1.66/tcp/4001").Take(60)]);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Empty(one.Transport.Dialed);
    });

    [Fact]
    public void A_link_that_comes_is_joined_and_one_that_goes_is_left() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        var links = hub.Machine("192.168.1.1");
        await using var machines = new Machines(run);
        await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: links);
        await run.Wait(TimeSpan.FromSeconds(20));
        Assert.Equal((1, 1), (links.Open, links.Opened));

        links.Add(new MulticastInterface(3, AddressFamily.InterNetwork, false, "10.0.0.0/8"));
        await run.Wait(TimeSpan.FromSeconds(10));
        Assert.Equal((2, 2), (links.Open, links.Opened));

        links.Clear();
        await run.Wait(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 2), (links.Open, links.Opened));
    });

    [Fact]
    public void A_link_that_breaks_or_cannot_be_opened_is_tried_again() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        var links = hub.Machine("192.168.1.1");
        links.Refuses = true;
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: links);
        await run.Wait(TimeSpan.FromSeconds(20));
        Assert.Equal(0, links.Opened);

        links.Refuses = false;
        await run.Wait(TimeSpan.FromSeconds(10));
        Assert.Equal(1, links.Opened);
        links.Break();
        await run.Wait(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 2), (links.Open, links.Opened));
        var two = await machines.StartAsync(2, "192.168.1.2", OnlyMdns, links: hub.Machine("192.168.1.2"));
        await run.Wait(TimeSpan.FromSeconds(10));
        Assert.True(one.Knows(two));
    });

    [Fact]
    public void After_the_end_nothing_is_open_and_nothing_is_said() => Simulated.Run(async run =>
    {
        var hub = new MulticastHub(run.Time);
        var links = hub.Machine("192.168.1.1");
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "192.168.1.1", OnlyMdns, links: links);
        await run.Wait(TimeSpan.FromMilliseconds(500));
        hub.Send("192.168.1.7", MdnsWriter.Query("betar-mdns.local"));
        await run.Wait(TimeSpan.FromMilliseconds(10));
        await one.Discovery.DisposeAsync();
        var said = hub.Sent.Count;
        hub.Send("192.168.1.7", MdnsWriter.Query("betar-mdns.local"));
        await run.Wait(TimeSpan.FromMinutes(1));

        Assert.Equal(0, links.Open);
        Assert.Equal(said + 1, hub.Sent.Count);
    });

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a..b")]
    public void A_service_that_cannot_stand_in_a_packet_is_refused(string service) => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        await Assert.ThrowsAsync<ArgumentException>(() => machines.StartAsync(1, "192.168.1.1", new DiscoverySettings { MdnsService = service }));
    });

    private static byte[] Answer(byte peer, params string[] addresses) => MdnsWriter.Answer(
        "betar-mdns.local", "abc", [.. addresses.Select(address => Multiaddr.Parse(address).WithPeer(Somebody.Id(peer)))], TimeSpan.FromMinutes(2), 1400);

    private static List<MdnsRecord> Records(MulticastHub hub) => [.. hub.Sent.SelectMany(sent => Read(sent.Bytes).Records)];

    private static List<DateTimeOffset> Questions(MulticastHub hub) => [.. hub.Sent.Where(sent => sent.Sender.ToString() == "192.168.1.1" && !Read(sent.Bytes).IsAnswer).Select(sent => sent.At)];

    private static List<DateTimeOffset> Answers(MulticastHub hub) => [.. hub.Sent.Where(sent => sent.Sender.ToString() == "192.168.1.1" && Read(sent.Bytes).IsAnswer).Select(sent => sent.At)];

    private static MdnsMessage Read(byte[] packet) => MdnsMessage.TryParse(packet, 64, out var message) ? message : new MdnsMessage(false, [], []);
}
