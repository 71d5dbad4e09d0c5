using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Betar.X402.Tests.Support;

/// <summary>Counts measurements of the meter "Betar". Other tests may run beside, so counts are "at least".</summary>
internal sealed class LimitHits : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly ConcurrentDictionary<string, long> _seen = new();
    private readonly MeterListener _listener = new();

    internal LimitHits()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Betar")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var key = instrument.Name;
            foreach (var tag in tags)
            {
                key += "/" + tag.Value;
            }

            _seen.AddOrUpdate(key, 1, (_, count) => count + 1);
            _counts.AddOrUpdate(key, value, (_, sum) => sum + value);
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    internal long Of(string key) => _counts.GetValueOrDefault(key);

    /// <summary>How many measurements there were, whatever their value.</summary>
    internal long Seen(string key) => _seen.GetValueOrDefault(key);

    internal void AssertHit(string limit) => Assert.True(Of("betar.x402.limit_hits/" + limit) >= 1, $"no hit of {limit} was counted");
}
