using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Hosting;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>An option that reaches no part limits nothing: each one is changed, and the part's value has to change with it.</summary>
public sealed class TranslationTests
{
    public static TheoryData<string, Action<Libp2pOptions>, Func<Libp2pOptions, object>, object> Cases => new()
    {
        { "upgrade in", o => o.Connections.InboundUpgradeTimeout = Seconds(3), o => o.Upgrade().InboundTimeout, Seconds(3) },
        { "upgrade out", o => o.Connections.OutboundUpgradeTimeout = Seconds(3), o => o.Upgrade().OutboundTimeout, Seconds(3) },
        { "securities", o => o.Securities = ["/x"], o => string.Join(',', o.Upgrade().Securities), "/x" },
        { "early muxer", o => o.EarlyMuxer = false, o => o.Upgrade().EarlyMuxer, false },
        { "noise", o => o.Connections.NoiseHandshakeBytes = 77, o => o.Upgrade().MaxHandshakeMessage, 77 },
        { "rsa least", o => o.Connections.RsaMinBits = 3072, o => o.Upgrade().Identities.RsaMinBits, 3072 },
        { "rsa most", o => o.Connections.RsaMaxBits = 3072, o => o.Upgrade().Identities.RsaMaxBits, 3072 },
        { "negotiation bytes", o => o.Connections.NegotiationMessageBytes = 77, o => o.Upgrade().Multistream.MaxMessage, 77 },
        { "negotiation proposals", o => o.Connections.NegotiationProposals = 7, o => o.Multistream().MaxProposals, 7 },
        { "window", o => o.Resources.Stream.Memory = 300_000, o => Yamux(o).MaxWindow, 300_000 },
        { "a window beyond what can be", o => o.Resources.Stream.Memory = long.MaxValue, o => Yamux(o).MaxWindow, int.MaxValue },
        { "windows", o => o.Resources.Connection.Memory = (2 << 20) + 77, o => Yamux(o).MaxConnectionWindows, 77L },
        { "inbound streams", o => o.Resources.Connection.InboundStreams = 7, o => Yamux(o).MaxInboundStreams, 7 },
        { "backlog", o => o.Streams.AckBacklog = 7, o => Yamux(o).AckBacklog, 7 },
        { "rate", o => o.Streams.NewPerSecond = 7, o => Yamux(o).InboundStreamsPerSecond, 7 },
        { "control", o => o.Streams.ControlFramesPerSecond = 7, o => Yamux(o).ControlFramesPerSecond, 7 },
        { "queue", o => o.Streams.QueuedBytes = 77, o => Yamux(o).MaxQueuedBytes, 77 },
        { "stall", o => o.Streams.StallTimeout = Seconds(3), o => Yamux(o).StallTimeout, Seconds(3) },
        { "idle", o => o.Streams.IdleTimeout = Seconds(3), o => Yamux(o).StreamIdleTimeout, Seconds(3) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_the_operator_says_reaches_the_part(string what, Action<Libp2pOptions> change, Func<Libp2pOptions, object> read, object expected)
    {
        var options = new Libp2pOptions();
        Assert.False(Equals(expected, read(options)), what + " is so by default");

        change(options);

        Assert.Equal(expected, read(options));
    }

    [Fact]
    public void Without_a_word_the_parts_have_their_own_defaults()
    {
        var options = new Libp2pOptions();
        var meter = new LimitMeter();

        Assert.Equal(MultistreamOptions.Default, options.Multistream());
        var yamux = options.Yamux(meter);
        Assert.Equal(YamuxOptions.Default, yamux with { LimitHit = YamuxOptions.Default.LimitHit });
        yamux.LimitHit("x");
        Assert.Equal(1, meter.Count("x"));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static YamuxOptions Yamux(Libp2pOptions options) => options.Yamux(new LimitMeter());
}
