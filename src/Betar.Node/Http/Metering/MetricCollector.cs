using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Betar.Node.Http.Metering;

/// <summary>Adds up what the node's instruments report, and writes it as Prometheus reads it (text format 0.0.4).</summary>
internal sealed class MetricCollector : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const string Ours = "Betar";
    private const string Runtime = "System.Runtime";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly int _maxSeries;

    public MetricCollector(int maxSeries)
    {
        _maxSeries = maxSeries;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal) || instrument.Meter.Name == Runtime)
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, added => new Metric(added, _maxSeries)));
        };
        Take<byte>();
        Take<short>();
        Take<int>();
        Take<long>();
        Take<float>();
        Take<double>();
        Take<decimal>();
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (IGrouping<string, Metric> family in _metrics.Values.GroupBy(metric => metric.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
            Write(text, family.Key, [.. family]);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take<T>() where T : struct, INumber<T> => _listener.SetMeasurementEventCallback<T>(static (_, measurement, tags, state) =>
    {
        var metric = (Metric)state!;
        MetricSeries series = metric.Find(tags);
        if (metric.IsObserved)
            series.Set(double.CreateSaturating(measurement));
        else
            series.Add(double.CreateSaturating(measurement));
    });

    // Two rooms may have instruments of one name: their series are one metric.
    private static void Write(StringBuilder text, string name, Metric[] family)
    {
        Metric first = family[0];
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {first.Help}\n# TYPE {name} {first.Kind}\n");

        // Rates and sums of what never happened are 0, not nothing: an alert on the first time would miss it otherwise.
        if (!first.IsHistogram && !first.IsObserved && !family.Any(metric => metric.Series.Any()))
            Line(text, name, "", "0");
        foreach (IGrouping<string, MetricSeries> labels in family.SelectMany(metric => metric.Series).GroupBy(series => series.Labels))
        {
            (double Value, long Count, long[] Buckets)[] parts = [.. labels.Select(series => series.Read())];
            double sum = parts.Sum(part => part.Value);
            if (!first.IsHistogram)
            {
                Line(text, name, labels.Key, Number(sum));
                continue;
            }

            string before = labels.Key.Length == 0 ? "" : labels.Key + ",";
            long count = parts.Sum(part => part.Count);
            for (int i = 0; i < first.Bounds!.Length; i++)
                Line(text, name + "_bucket", $"{before}le=\"{Number(first.Bounds[i])}\"", Number(parts.Sum(part => part.Buckets[i])));
            Line(text, name + "_bucket", before + "le=\"+Inf\"", Number(count));
            Line(text, name + "_sum", labels.Key, Number(sum));
            Line(text, name + "_count", labels.Key, Number(count));
        }
    }

    private static void Line(StringBuilder text, string name, string labels, string value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : "{" + labels + "}").Append(' ').Append(value).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
