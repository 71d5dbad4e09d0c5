using System.Net.Quic;
using System.Runtime.Versioning;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Quic;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>A listener over QUIC and one who dials it, without hosts around them.</summary>
[SupportedOSPlatform("linux")]
internal sealed class QuicPair : IAsyncDisposable
{
    private readonly QuicTransport _listening;
    private readonly QuicTransport _dialing;

    private QuicPair(QuicSettings listener, QuicSettings dialer, TimeProvider time, ResourceManager resources, LimitMeter meter)
    {
        Meter = meter;
        Resources = resources;
        _listening = new QuicTransport(ListenerKey, listener, TaskScheduler.Default, time, missing: null);
        _dialing = new QuicTransport(DialerKey, dialer, TaskScheduler.Default, time, missing: null);
    }

    public IdentityKey ListenerKey { get; } = Somebody.Key(1);

    public IdentityKey DialerKey { get; } = Somebody.Key(2);

    public ResourceManager Resources { get; }

    public LimitMeter Meter { get; }

    public IMuxedListener Listener { get; private set; } = null!;

    public static async Task<QuicPair> StartAsync(
        QuicSettings? listener = null, QuicSettings? dialer = null, TimeProvider? time = null, Action<ConnectionLimitOptions>? limits = null,
        Action<ResourceLimitOptions>? resources = null)
    {
        var clock = time ?? TimeProvider.System;
        var meter = new LimitMeter();
        var pair = new QuicPair(listener ?? new QuicSettings(), dialer ?? new QuicSettings(), clock, Somebody.Resources(clock, resources, limits, meter), meter);
        pair.Listener = await pair._listening.ListenAsync(
            Multiaddr.Parse(QuicWorld.Listen), remote => pair.Resources.TryOpenConnection(inbound: true, remote), default);
        return pair;
    }

    public Task<MuxedArrival> DialAsync(Multiaddr? address = null, PeerId? expected = null, CancellationToken cancellationToken = default) =>
        _dialing.DialAsync(
            address ?? Listener.Address, expected ?? ListenerKey.PeerId, Resources.TryOpenConnection(inbound: false, Listener.Address)!, cancellationToken).AsTask();

    public async Task<MuxedArrival> AcceptAsync() => (await Listener.AcceptAsync(default))!;

    public async Task<(IMuxedConnection Dialer, IMuxedConnection Listener)> ConnectAsync()
    {
        var accepting = AcceptAsync();
        var dialed = await DialAsync();
        return (dialed.Upgraded.Connection, (await accepting).Upgraded.Connection);
    }

    /// <summary>A stranger of whom every step is the test's, and what we have of the connection to him.</summary>
    /// <param name="hits">The one limit that is counted; null: none.</param>
    public static async Task MeetStrangerAsync(QuicSettings settings, Func<QuicConnection, IMuxedConnection, Task> meet, TimeProvider? time = null, string? hits = null)
    {
        await using var pair = await StartAsync(settings, time: time);
        using var certificate = RawQuic.Certificate(pair.DialerKey);
        var accepting = pair.AcceptAsync();
        await using var stranger = await RawQuic.DialAsync(pair.Listener.Address, certificate);
        await meet(stranger, (await accepting).Upgraded.Connection);
        Assert.Equal(hits is null ? [] : [hits], pair.Meter.Hits.Keys);
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        _listening.Dispose();
        _dialing.Dispose();
        ListenerKey.Dispose();
        DialerKey.Dispose();
    }
}
