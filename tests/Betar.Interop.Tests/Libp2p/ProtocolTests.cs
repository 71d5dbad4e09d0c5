using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Events;
using Betar.Libp2p.Multiformats;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>Ping, identify and push, each asked by either side.</summary>
public sealed class ProtocolTests(PartnerFixture partner) : InteropCase(partner)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_ping_us(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        Assert.Equal(5, (await pair.Theirs.AskAsync("ping", new { peer = pair.Ours.PeerId, count = 5 }))["ms"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task We_ping_them_again_and_again_on_one_stream(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);
        await using var ping = await pair.Ours.Host.OpenPingAsync(pair.TheirId, Patience);

        for (var i = 0; i < 5; i++)
            Assert.True(await ping.PingAsync(Patience) > TimeSpan.Zero);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_identify_us_and_take_our_signed_record(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        var us = await pair.Theirs.AskAsync("identify", new { peer = pair.Ours.PeerId });
        var known = await pair.Theirs.AskAsync("known", new { peer = pair.Ours.PeerId });

        Assert.Equal(pair.Ours.PeerId, us.Text("peer"));
        Assert.Contains(Served.Echo, us["protocols"].Strings());
        Assert.Equal([Multiaddr.Parse(pair.Ours.Address).WithoutPeer().ToString()], us["record"]!["addresses"].Strings());
        Assert.Equal(1, known.Int("certified"));
        Assert.NotEqual("0", known["record"]!["seq"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task We_identify_them_and_take_their_signed_record(bool weDial)
    {
        await using var pair = await ConnectAsync(weDial);

        var them = await pair.Ours.Host.IdentifyAsync(pair.TheirId, Patience);

        Assert.True(them.HasSignedRecord);
        Assert.StartsWith("js-libp2p/", them.Info.AgentVersion, StringComparison.Ordinal);
        Assert.Contains(Served.Echo, them.Info.Protocols);
        Assert.Equal([Multiaddr.Parse(pair.Theirs.Address).WithoutPeer()], them.Info.SignedAddresses);
        Assert.True(them.ObservedAddress!.TryGetIpEndPoint(out var seen) && System.Net.IPAddress.IsLoopback(seen.Address));
    }

    [Fact]
    public async Task We_identify_each_new_peer_without_being_asked_to()
    {
        await using var pair = await ConnectAsync(weDial: false);

        var identified = await pair.Ours.SawAsync(HostEventKind.Identified);

        Assert.Equal(pair.TheirId, identified.Peer);
        Assert.Contains(Served.Digest, identified.Identified!.Info.Protocols);
    }

    [Fact]
    public async Task They_push_a_new_protocol_and_we_learn_it()
    {
        await using var pair = await ConnectAsync();
        await pair.Ours.SawAsync(HostEventKind.Identified);
        await pair.Theirs.AskAsync("knownUntil", new { peer = pair.Ours.PeerId, protocol = "/ipfs/id/push/1.0.0" });

        await pair.Theirs.AskAsync("push", new { protocol = "/interop/new/1" });

        await pair.Ours.SawAsync(args => args.Kind == HostEventKind.ProtocolsChanged && args.Identified!.Info.Protocols.Contains("/interop/new/1"));
    }

    [Fact]
    public async Task We_push_a_new_protocol_and_they_learn_it()
    {
        await using var pair = await ConnectAsync();
        await pair.Ours.SawAsync(HostEventKind.Identified);
        await pair.Theirs.AskAsync("knownUntil", new { peer = pair.Ours.PeerId, protocol = Served.Echo });

        pair.Ours.Host.Handle("/interop/new/1", (_, _) => Task.CompletedTask);

        await pair.Theirs.AskAsync("knownUntil", new { peer = pair.Ours.PeerId, protocol = "/interop/new/1" });
    }
}
