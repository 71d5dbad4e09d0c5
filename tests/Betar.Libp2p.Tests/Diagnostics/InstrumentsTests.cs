using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Diagnostics;

/// <summary>Other tests count at the same time in the same process: a name of its own, or "at least", keeps this one honest.</summary>
public sealed class InstrumentsTests
{
    [Fact]
    public void A_limit_that_is_hit_is_counted_for_the_host_and_for_the_process()
    {
        var name = "test." + Guid.NewGuid().ToString("N");
        using var seen = new Measurements();
        var meter = new LimitMeter();

        meter.Hit(name);
        meter.Hit(name);
        meter.Observe(Libp2pException.Exceeded(name, "x"));
        meter.Observe(Libp2pException.Late(name, "x"));
        meter.Observe(new Libp2pException(Libp2pError.Malformed, "x"));

        Assert.Equal(4, meter.Count(name));
        Assert.Equal(4, seen.Sum("betar.libp2p.limit_hits", Libp2pInstruments.LimitTag, name));
        meter.Observe(new Libp2pException(Libp2pError.LimitExceeded, "Counted already by whoever found it."));
        Assert.Equal([name], meter.Hits.Keys);
    }

    [Fact]
    public void Connections_streams_and_failures_are_counted() => Simulated.Run(async run =>
    {
        using var seen = new Measurements();
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        await using (await pair.OpenAsync("/echo/1.0.0"))
        {
        }

        await Assert.ThrowsAsync<Libp2pException>(() => pair.Dialer.ConnectAsync(pair.Address.WithPeer(Somebody.Id(8))));
        await run.Wait(TimeSpan.FromSeconds(1));

        foreach (var direction in new[] { "in", "out" })
        {
            Assert.InRange(seen.Sum("betar.libp2p.connections_opened", Libp2pInstruments.DirectionTag, direction), 1, long.MaxValue);
            Assert.InRange(seen.Sum("betar.libp2p.streams_opened", Libp2pInstruments.DirectionTag, direction), 1, long.MaxValue);
        }

        Assert.InRange(seen.Sum("betar.libp2p.upgrades_failed", Libp2pInstruments.ReasonTag, nameof(Libp2pError.WrongPeer)), 1, long.MaxValue);
        Assert.InRange(seen.Sum("betar.libp2p.dials_failed", Libp2pInstruments.ReasonTag, nameof(Libp2pError.WrongPeer)), 1, long.MaxValue);
    });

    /// <summary>The dialler breaks off, so the dialler's side counts its own, and the listener's the peer's.</summary>
    [Fact]
    public void Resets_are_counted_on_both_sides() => Simulated.Run(async run =>
    {
        using var seen = new Measurements();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/endless", async (stream, cancellation) =>
        {
            try
            {
                await stream.ReadExactlyAsync(new byte[2], cancellation);
            }
            finally
            {
                ended.SetResult();
            }
        }));
        var stream = await pair.OpenAsync("/endless");
        await stream.WriteAsync(new byte[1]);
        stream.Reset();
        await ended.Task;

        Assert.InRange(seen.Sum("betar.libp2p.streams_reset", Libp2pInstruments.ByTag, "us"), 1, long.MaxValue);
        Assert.InRange(seen.Sum("betar.libp2p.streams_reset", Libp2pInstruments.ByTag, "peer"), 1, long.MaxValue);
    });

    [Fact]
    public void A_record_whose_signature_does_not_hold_is_counted() => Simulated.Run(async run =>
    {
        using var seen = new Measurements();
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options => options.IdentifyPeers = false));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var record = new PeerRecord(stranger.Key.PeerId, 1, []).Seal(stranger.Key).Encode();
        record[^1] ^= 1;
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        var part = Assert.Single(IdentifyWriter.Write(new IdentifyMessage { SignedPeerRecord = record }));
        await stream.WriteAsync(new byte[] { (byte)(part.Length | 0x80), (byte)(part.Length >> 7) }, default);
        await stream.WriteAsync(part, default);
        await stream.CloseWriteAsync(default);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], default));

        Assert.InRange(seen.Sum("betar.libp2p.records_refused"), 1, long.MaxValue);
    });

    [Fact]
    public void Dials_upgrades_and_streams_have_spans() => Simulated.Run(async run =>
    {
        var names = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Libp2pInstruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => names.Add(activity.OperationName + " " + activity.GetTagItem("protocol")),
        };
        ActivitySource.AddActivityListener(listener);
        await using var pair = await HostPair.StartAsync(run, host => host.Handle("/spanned", (_, _) => Task.CompletedTask));
        await (await pair.OpenAsync("/spanned")).DisposeAsync();

        Assert.Contains("libp2p.dial ", names);
        Assert.Contains("libp2p.upgrade ", names);
        Assert.Contains("libp2p.stream /spanned", names);
    });

    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentBag<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _seen = [];

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Libp2pInstruments.Name)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Add((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public long Sum(string name) => _seen.Where(one => one.Name == name).Sum(one => one.Value);

        public long Sum(string name, string tag, string value) =>
            _seen.Where(one => one.Name == name && one.Tags.Any(pair => pair.Key == tag && (string?)pair.Value == value)).Sum(one => one.Value);

        public void Dispose() => _listener.Dispose();
    }
}
