using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports.Quic;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>
/// QUIC, which the partner always has and .NET only where libmsquic is installed. Where it is missing, our refusal is what is right, and that is
/// asserted; no case is skipped.
/// </summary>
public sealed class QuicTests(PartnerFixture partner, ITestOutputHelper output) : InteropCase(partner)
{
    private const string Listen = "/ip4/127.0.0.1/udp/0/quic-v1";
    private static int _noted;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Both_come_to_the_same_connection_and_know_each_other(bool weDial) => InEitherWorldAsync(weDial, async pair =>
    {
        var ours = Assert.Single(pair.Ours.Host.Connections);
        var theirs = (await pair.Theirs.AskAsync("connections"))["connections"]![0]!.AsObject();
        var them = await pair.Ours.Host.IdentifyAsync(pair.TheirId, Patience);
        var us = await pair.Theirs.AskAsync("identify", new { peer = pair.Ours.PeerId });

        Assert.Equal(("/quic-v1", "/quic-v1", !weDial), (ours.Security, ours.Muxer, ours.Inbound));
        Assert.Equal((pair.Ours.PeerId, pair.Theirs.PeerId), (theirs.Text("peer"), ours.Peer.ToString()));
        Assert.True(them.HasSignedRecord);
        Assert.Contains("/quic-v1", Assert.Single(us["record"]!["addresses"].Strings()), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Pings_are_answered_both_ways(bool weDial) => InEitherWorldAsync(weDial, async pair =>
    {
        Assert.Equal(3, (await pair.Theirs.AskAsync("ping", new { peer = pair.Ours.PeerId, count = 3 }))["ms"]!.AsArray().Count);
        await using var ping = await pair.Ours.Host.OpenPingAsync(pair.TheirId, Patience);
        Assert.True(await ping.PingAsync(Patience) > TimeSpan.Zero);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Eight_streams_of_a_mebibyte_each_come_back_whole_both_ways(bool weDial) => InEitherWorldAsync(weDial, async pair =>
    {
        const int streams = 8;
        const int length = 1024 * 1024;

        Assert.Equal(streams, (await pair.Theirs.AskAsync("echoMany", new { peer = pair.Ours.PeerId, streams, length })).Int("same"));
        await Task.WhenAll(Enumerable.Range(1, streams).Select(async seed =>
        {
            var sent = Pattern.Create(length, seed);
            await using var stream = await OpenEchoAsync(pair);
            var reading = Served.ReadAllAsync(stream, Patience);
            await stream.WriteAsync(sent, Patience);
            await stream.CloseWriteAsync(Patience);
            Assert.Equal(sent, await reading);
        }));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Who_has_ended_its_side_still_reads_the_answer(bool weDial) => InEitherWorldAsync(weDial, async pair =>
    {
        var sent = Pattern.Create(300_000, 3);
        await using var stream = await OpenEchoAsync(pair);
        await stream.WriteAsync(sent, Patience);
        await stream.CloseWriteAsync(Patience);
        Assert.Equal(sent, await Served.ReadAllAsync(stream, Patience));

        var theirs = await pair.Theirs.OpenAsync(pair.Ours.PeerId, Served.Digest);
        await theirs.SendAsync("abc"u8);
        await theirs.CloseWriteAsync();
        Assert.Equal(3, JsonNode.Parse(await theirs.ReadAllAsync())!.AsObject().Int("bytes"));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Resets_end_streams_and_nothing_else(bool weDial) => InEitherWorldAsync(weDial, async pair =>
    {
        var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, Served.Reset, Patience);
        await stream.WriteAsync("x"u8.ToArray(), Patience);
        Assert.Equal(Libp2pError.StreamReset, (await Assert.ThrowsAsync<Libp2pException>(() => Served.ReadAllAsync(stream, Patience))).Code);

        // Their transport tells them of a reset as of an end.
        var theirs = await pair.Theirs.OpenAsync(pair.Ours.PeerId, Served.Reset);
        await theirs.SendAsync("x"u8);
        await theirs.EndingAsync();

        Assert.Single((await pair.Theirs.AskAsync("ping", new { peer = pair.Ours.PeerId }))["ms"]!.AsArray());
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task What_is_not_served_is_told(bool weDial) => InEitherWorldAsync(weDial, async pair =>
    {
        var refusal = await Assert.ThrowsAsync<Libp2pException>(() => pair.Ours.Host.OpenStreamAsync(pair.TheirId, "/interop/nobody/1", Patience));
        Assert.Equal(Libp2pError.UnknownProtocol, refusal.Code);
        Assert.Equal("UnsupportedProtocolError", (await Assert.ThrowsAsync<PartnerException>(() => pair.Theirs.OpenAsync(pair.Ours.PeerId, "/interop/nobody/1"))).Name);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Goodbyes_are_seen(bool weSayIt) => InEitherWorldAsync(weDial: true, async pair =>
    {
        if (weSayIt)
            await pair.Ours.Host.DisconnectAsync(pair.TheirId);
        else
            await pair.Theirs.AskAsync("hangUp", new { peer = pair.Ours.PeerId });

        await pair.Ours.SawAsync(HostEventKind.Disconnected);
        await pair.Theirs.AskAsync("noConnection", new { peer = pair.Ours.PeerId });
    });

    [Fact]
    public Task They_connect_and_go_50_times_and_nothing_is_left() => InEitherWorldAsync(weDial: true, async pair =>
    {
        await pair.Ours.Host.DisconnectAsync(pair.TheirId);
        Assert.Equal(0, (await pair.Theirs.AskAsync("dialAndHangUp", new { address = pair.Ours.Address, count = 50 })).Int("connections"));
        await pair.Ours.GoneAsync();
    });

    [Fact]
    public Task Somebody_else_than_the_dialled_peer_is_refused_by_both() => InEitherWorldAsync(weDial: true, async pair =>
    {
        await pair.Ours.Host.DisconnectAsync(pair.TheirId);
        await pair.Theirs.AskAsync("noConnection", new { peer = pair.Ours.PeerId });
        using var other = IdentityKey.Generate();

        var refusal = await Assert.ThrowsAsync<Libp2pException>(
            () => pair.Ours.DialAsync(pair.Theirs.Address.Replace(pair.Theirs.PeerId, other.PeerId.ToString(), StringComparison.Ordinal)));
        await Assert.ThrowsAsync<PartnerException>(
            () => pair.Theirs.DialAsync(pair.Ours.Address.Replace(pair.Ours.PeerId, other.PeerId.ToString(), StringComparison.Ordinal)));

        Assert.Equal(Libp2pError.WrongPeer, refusal.Code);
        await pair.Ours.GoneAsync();
    });

    [Fact]
    public Task Their_idle_time_out_ends_a_connection_on_which_nobody_speaks() => InEitherWorldAsync(
        weDial: true,
        async pair => Assert.Equal(pair.TheirId, (await pair.Ours.SawAsync(HostEventKind.Disconnected)).Peer),
        new { maxIdleTimeout = 500, keepAliveInterval = 60_000 });

    /// <summary>
    /// A stream on which they have answered once. Over QUIC they miss an end that comes before they have handed the stream to its handler, and then
    /// wait for it for ever.
    /// </summary>
    private async Task<Libp2pStream> OpenEchoAsync(Pair pair)
    {
        var stream = await pair.Ours.Host.OpenStreamAsync(pair.TheirId, Served.Echo, Patience);
        await stream.WriteAsync("x"u8.ToArray(), Patience);
        await stream.ReadExactlyAsync(new byte[1], Patience);
        return stream;
    }

    private async Task InEitherWorldAsync(bool weDial, Func<Pair, Task> meet, object? quic = null)
    {
        var world = QuicSupport.Missing is { } missing ? $"no QUIC here ({missing}), refusals asserted" : "QUIC here, real exchanges";
        output.WriteLine(world);
        if (Interlocked.Exchange(ref _noted, 1) == 0)
            TestNotes.Add($"QUIC with js-libp2p: {world}");
        var theirs = await Partner.StartAsync(new { listen = new[] { Listen }, quic = quic ?? new { } });
        if (QuicSupport.Missing is not null)
        {
            await using (theirs)
                await AssertRefusedAsync(theirs);
            return;
        }

        var ours = await OurHost.StartAsync(Listen, options => options.Resources.Peer.InboundConnections = 8);
        await using var pair = new Pair(ours, theirs);
        await pair.ConnectAsync(weDial);
        // Over QUIC the dialler is done while the listener still looks at the dialler's certificate.
        await ours.Host.IdentifyAsync(pair.TheirId, Patience);
        await meet(pair);
    }

    private static async Task AssertRefusedAsync(PartnerNode theirs)
    {
        await using var ours = await OurHost.StartAsync();
        var refusal = await Assert.ThrowsAsync<Libp2pException>(() => ours.DialAsync(theirs.Address));
        var notListening = await Assert.ThrowsAsync<Libp2pException>(() => OurHost.StartAsync(Listen));

        Assert.Equal((Libp2pError.NotDialable, Libp2pError.NotDialable), (refusal.Code, notListening.Code));
        Assert.Contains(QuicSupport.HowToInstall, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(QuicSupport.HowToInstall, notListening.Message, StringComparison.Ordinal);
    }
}
