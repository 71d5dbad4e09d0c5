using Betar.Libp2p.Events;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Hosting;

public sealed class HostEventTests
{
    [Fact]
    public void Both_sides_hear_of_connecting_identifying_and_the_end() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        var (listener, dialer) = (Listen(pair.Listener), Listen(pair.Dialer));

        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(1));
        await pair.Dialer.DisconnectAsync(pair.Listener.PeerId);
        await run.Wait(TimeSpan.FromSeconds(1));

        HostEventKind[] expected = [HostEventKind.Connected, HostEventKind.Identified, HostEventKind.ProtocolsChanged, HostEventKind.Disconnected];
        Assert.Equal(expected, dialer.Select(args => args.Kind));
        Assert.Equal(expected, listener.Select(args => args.Kind));
        Assert.All(dialer, args => Assert.Equal((pair.Listener.PeerId, false), (args.Peer, args.Connection.Inbound)));
        Assert.All(listener, args => Assert.Equal((pair.Dialer.PeerId, true), (args.Peer, args.Connection.Inbound)));
    });

    [Fact]
    public void What_a_peer_says_of_itself() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho().Configure(options => options.Identify.AgentVersion = "test/1"));
        await pair.Dialer.ConnectAsync(pair.Address);

        var identified = await pair.Dialer.IdentifyAsync(pair.Listener.PeerId);

        Assert.True(identified.HasSignedRecord);
        Assert.Equal(("test/1", "ipfs/0.1.0"), (identified.Info.AgentVersion, identified.Info.ProtocolVersion));
        Assert.Equal(["/echo/1.0.0", "/ipfs/id/1.0.0", "/ipfs/id/push/1.0.0", "/ipfs/ping/1.0.0"], identified.Info.Protocols);
        Assert.Equal([pair.Address.WithoutPeer()], identified.Info.SignedAddresses);
        Assert.Empty(identified.Info.OtherAddresses);
        Assert.StartsWith("/memory/", identified.ObservedAddress!.ToString(), StringComparison.Ordinal);
        Assert.Equal(identified.Info, await pair.Dialer.GetPeerAsync(pair.Listener.PeerId));
    });

    [Fact]
    public void New_protocols_are_pushed_once_for_many_changes() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(5));
        var events = Listen(pair.Dialer);

        for (var i = 0; i < 20; i++)
        {
            pair.Listener.Handle("/new/" + i, (_, _) => Task.CompletedTask);
            await run.Wait(TimeSpan.FromMilliseconds(10));
        }

        await run.Wait(TimeSpan.FromSeconds(5));
        Assert.Equal([HostEventKind.Identified, HostEventKind.ProtocolsChanged], events.Select(args => args.Kind));
        Assert.Contains("/new/19", (await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)).Protocols);
    });

    [Fact]
    public void Protocols_that_are_gone_are_pushed_too() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        var registration = pair.Listener.Handle("/gone", (_, _) => Task.CompletedTask);
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(5));
        Assert.Contains("/gone", (await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)).Protocols);

        registration.Dispose();
        await run.Wait(TimeSpan.FromSeconds(5));

        Assert.DoesNotContain("/gone", (await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)).Protocols);
    });

    [Fact]
    public void A_new_address_is_pushed_in_a_newer_record() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(5));
        var before = await pair.Dialer.GetPeerAsync(pair.Listener.PeerId);

        var added = await pair.Listener.ListenAsync(Multiaddr.Parse("/memory/0"));
        await run.Wait(TimeSpan.FromSeconds(5));

        var after = await pair.Dialer.GetPeerAsync(pair.Listener.PeerId);
        Assert.Contains(added, after.SignedAddresses);
        Assert.True(after.RecordSequence > before.RecordSequence);
    });

    [Fact]
    public void A_handler_of_events_that_throws_disturbs_nobody() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        pair.Dialer.PeerChanged += (_, _) => throw new InvalidOperationException("a bug");

        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Contains("/echo/1.0.0", (await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)).Protocols);
    });

    [Fact]
    public void Many_protocols_come_in_several_parts() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        for (var i = 0; i < 300; i++)
            pair.Listener.Handle($"/a/protocol/with/a/rather/long/name/{i}", (_, _) => Task.CompletedTask);
        await pair.Dialer.ConnectAsync(pair.Address);

        var identified = await pair.Dialer.IdentifyAsync(pair.Listener.PeerId);

        Assert.Equal(303, identified.Info.Protocols.Count);
        Assert.True(identified.HasSignedRecord);
    });

    [Fact]
    public void Pings() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        pair.Network.Conditions = pair.Network.Conditions with { Delay = TimeSpan.FromMilliseconds(20) };
        await pair.Dialer.ConnectAsync(pair.Address);
        await using var ping = await pair.Dialer.OpenPingAsync(pair.Listener.PeerId);
        await ping.PingAsync();

        for (var i = 0; i < 3; i++)
            Assert.Equal(TimeSpan.FromMilliseconds(40), await ping.PingAsync());
    });

    private static List<HostEventArgs> Listen(Libp2pHost host)
    {
        var events = new List<HostEventArgs>();
        host.PeerChanged += (_, args) => events.Add(args);
        return events;
    }
}
