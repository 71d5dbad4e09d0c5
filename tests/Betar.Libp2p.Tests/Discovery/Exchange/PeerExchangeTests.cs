using Betar.Libp2p.Discovery;
using Betar.Libp2p.Discovery.Exchange;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery.Exchange;

public sealed class PeerExchangeTests
{
    private static readonly DiscoverySettings OnlyExchange = new() { Remembered = false, Mdns = false };

    [Fact]
    public void Who_knows_one_finds_those_that_it_knows() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "9.1.0.1");
        var first = await machines.StartAsync(2, "9.2.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(1));
        var second = await machines.StartAsync(3, "9.3.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(second.Knows(first) && first.Knows(second));
    });

    [Fact]
    public void Nobody_is_sent_into_his_own_network_by_a_peer_of_the_internet() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "9.1.0.1");
        await machines.StartAsync(2, "9.2.0.1", Bootstrap(middle), builder => builder
            .Announce(Multiaddr.Parse("/ip4/9.2.0.1/tcp/22")).Announce(Multiaddr.Parse("/ip4/9.2.0.1/tcp/4999"))
            .Announce(Multiaddr.Parse("/ip4/127.0.0.1/tcp/4002")).Announce(Multiaddr.Parse("/ip4/10.0.0.5/tcp/4002")).Announce(Multiaddr.Parse("/ip4/169.254.169.254/tcp/80")));
        await run.Wait(TimeSpan.FromSeconds(1));
        var second = await machines.StartAsync(3, "9.3.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(10));

        Assert.Equal(["/ip4/9.1.0.1/tcp/4001", "/ip4/9.2.0.1/tcp/4999"], second.Transport.Dialed.Select(address => address.ToString()).Order(StringComparer.Ordinal));
        Assert.True(second.Host.LimitHits["discovery.addresses"] >= 1);
    });

    [Fact]
    public void Peers_of_one_machine_tell_each_other_of_the_machine_and_only_to_those_they_went_to() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "127.0.0.1");
        var first = await machines.StartAsync(2, "127.0.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(1));
        var second = await machines.StartAsync(3, "127.0.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(second.Knows(first));
    });

    [Fact]
    public void Who_came_to_us_is_a_stranger_wherever_he_seems_to_be() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        // Something on our own machine brings callers in, so that all of them look as if they were here.
        var target = await machines.StartAsync(1, "9.1.0.1");
        var caller = await machines.StartAsync(2, "127.0.0.1", new DiscoverySettings { Remembered = false, Mdns = false, Exchange = false });
        using var serving = Serve(caller, Seal(7, "/ip4/127.0.0.1/tcp/22"), Seal(8, "/ip4/9.8.0.1/tcp/4444"));
        await caller.Host.ConnectAsync(target.Address);
        await run.Wait(TimeSpan.FromSeconds(5));

        Assert.Equal(["/ip4/9.8.0.1/tcp/4444"], target.Transport.Dialed.Select(address => address.ToString()));
    });

    [Fact]
    public void Who_lives_in_our_network_is_not_told_to_the_internet() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "9.1.0.1");
        await machines.StartAsync(2, "10.0.0.2", Bootstrap(middle));
        var outside = await machines.StartAsync(3, "9.3.0.1", OnlyExchange, start: false);
        var inside = await machines.StartAsync(4, "10.0.0.4", OnlyExchange, start: false);
        await outside.Host.ConnectAsync(middle.Address);
        await inside.Host.ConnectAsync(middle.Address);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(Somebody.Id(2), await AskAsync(outside, middle));
        Assert.Contains(Somebody.Id(2), await AskAsync(inside, middle));
        Assert.DoesNotContain(Somebody.Id(4), await AskAsync(inside, middle, run));
    });

    [Fact]
    [Hits("exchange.answers")]
    public void Who_asks_too_often_gets_nothing() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "9.1.0.1");
        await machines.StartAsync(2, "9.2.0.1", Bootstrap(middle));
        var asker = await machines.StartAsync(3, "9.3.0.1", OnlyExchange, start: false);
        await asker.Host.ConnectAsync(middle.Address);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal([Somebody.Id(2)], await AskAsync(asker, middle));
        Assert.Empty(await AskAsync(asker, middle));
        Assert.Equal(1, middle.Host.LimitHits["exchange.answers"]);
        Assert.Equal([Somebody.Id(2)], await AskAsync(asker, middle, run));
    });

    [Fact]
    [Hits("exchange.records")]
    public void Of_an_answer_with_too_many_records_the_first_are_taken() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var liar = await machines.StartAsync(1, "9.1.0.1", new DiscoverySettings { Remembered = false, Mdns = false, Exchange = false });
        using var serving = Serve(liar, [.. Enumerable.Range(10, 17).Select(n => Seal((byte)n, $"/ip4/9.{n}.0.1/tcp/4444"))]);
        var asker = await machines.StartAsync(2, "9.2.0.1", Bootstrap(liar));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(16, asker.Transport.Dialed.Count(address => address.ToString().EndsWith("/4444", StringComparison.Ordinal)));
        Assert.Equal(1, asker.Host.LimitHits["exchange.records"]);
    });

    [Fact]
    public void Records_that_are_forged_about_somebody_else_or_broken_lead_nowhere() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var liar = await machines.StartAsync(1, "9.1.0.1", new DiscoverySettings { Remembered = false, Mdns = false, Exchange = false });
        var forged = Seal(10, "/ip4/9.10.0.1/tcp/4444");
        forged[^1] ^= 1;
        using var key = Somebody.Key(11);
        var foreign = new PeerRecord(Somebody.Id(12), 1, [Multiaddr.Parse("/ip4/9.12.0.1/tcp/4444")]).Seal(key).Encode();
        using var serving = Serve(liar, forged, foreign, [1, 2, 3], Seal(13, "/ip4/9.13.0.1/tcp/4444"));
        var asker = await machines.StartAsync(2, "9.2.0.1", Bootstrap(liar));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(["/ip4/9.1.0.1/tcp/4001", "/ip4/9.13.0.1/tcp/4444"], asker.Transport.Dialed.Select(address => address.ToString()));
    });

    [Theory]
    [InlineData(new byte[] { 0x0A, 9, 1 })]
    [InlineData(new byte[] { 0xFF })]
    public void An_answer_that_is_broken_is_none(byte[] answer) => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var liar = await machines.StartAsync(1, "9.1.0.1", new DiscoverySettings { Remembered = false, Mdns = false, Exchange = false });
        using var serving = liar.Host.HandleRequests(PeerExchange.Id, (_, _, _) => new(answer));
        var asker = await machines.StartAsync(2, "9.2.0.1", Bootstrap(liar));
        await run.Wait(TimeSpan.FromMinutes(3));

        Assert.Single(asker.Transport.Dialed);
        Assert.True(asker.Knows(liar));
    });

    [Fact]
    public void While_there_are_too_few_peers_are_asked_again_and_with_enough_of_them_not() => Simulated.Run(async run =>
    {
        var asked = 0;
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "9.1.0.1", new DiscoverySettings { Remembered = false, Mdns = false, Exchange = false });
        using var serving = middle.Host.HandleRequests(PeerExchange.Id, (_, _, _) =>
        {
            asked++;
            return new(ReadOnlyMemory<byte>.Empty);
        });
        await machines.StartAsync(2, "9.2.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(190));
        Assert.Equal(4, asked);

        asked = 0;
        await machines.StartAsync(3, "9.3.0.1", Bootstrap(middle), builder => builder.Configure(options => options.Discovery.EnoughPeers = 1), start: true);
        await run.Wait(TimeSpan.FromSeconds(30));
        Assert.Equal(0, asked);
    });

    [Fact]
    public void Switched_off_it_is_neither_served_nor_asked() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var middle = await machines.StartAsync(1, "9.1.0.1", new DiscoverySettings { Remembered = false, Mdns = false, Exchange = false });
        var other = await machines.StartAsync(2, "9.2.0.1", Bootstrap(middle));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.DoesNotContain(PeerExchange.Id, (await other.Host.GetPeerAsync(middle.Host.PeerId)).Protocols);
        Assert.Contains(PeerExchange.Id, (await middle.Host.GetPeerAsync(other.Host.PeerId)).Protocols);
        Assert.DoesNotContain("exchange", middle.Discovery.Sources);
    });

    private static DiscoverySettings Bootstrap(Machines.Machine machine) => new() { Remembered = false, Mdns = false, Bootstrap = [machine.Address] };

    private static byte[] Seal(byte number, string address)
    {
        using var key = Somebody.Key(number);
        return new PeerRecord(key.PeerId, 1, [Multiaddr.Parse(address)]).Seal(key).Encode();
    }

    /// <summary>Answers with the same records whoever asks, in the place of the host's own answer.</summary>
    private static IDisposable Serve(Machines.Machine machine, params byte[][] records)
    {
        var answer = PeerExchangeMessage.Encode([.. records.Select(record => (ReadOnlyMemory<byte>)record)]);
        return machine.Host.HandleRequests(PeerExchange.Id, (_, _, _) => new(answer));
    }

    private static async Task<List<PeerId>> AskAsync(Machines.Machine from, Machines.Machine to, Simulated? wait = null)
    {
        if (wait is not null)
            await wait.Wait(TimeSpan.FromSeconds(10));
        var answer = await from.Host.RequestAsync(to.Host.PeerId, PeerExchange.Id, ReadOnlyMemory<byte>.Empty);
        Assert.True(PeerExchangeMessage.TryDecode(answer, 100, 8192, out var records, out _));
        return [.. records.Select(record => PeerRecord.TryOpen(record.Span, 32, out var opened) ? opened.Peer : throw new InvalidOperationException("No record."))];
    }
}
