using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Betar.Node.Http.Metering;

/// <summary>An instrument as Prometheus sees it: its name, its kind, and its series, of which there are only so many.</summary>
internal sealed class Metric
{
    private const string Overflow = "overflow=\"true\"";

    private static readonly double[] s_seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] s_sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096, 16384, 65536];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly int _maxSeries;

    public Metric(Instrument instrument, int maxSeries)
    {
        _maxSeries = maxSeries;
        Type kind = instrument.GetType().GetGenericTypeDefinition();
        IsHistogram = kind == typeof(Histogram<>);
        IsObserved = instrument.IsObservable;
        IsSum = kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>);
        Bounds = IsHistogram ? instrument.Unit == "s" ? s_seconds : s_sizes : null;
        Name = NameOf(instrument.Name, instrument.Unit, IsSum);
        Help = (instrument.Description ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings(" ");
    }

    public string Name { get; }

    public string Help { get; }

    public bool IsHistogram { get; }

    public bool IsObserved { get; }

    /// <summary>It only grows.</summary>
    public bool IsSum { get; }

    public double[]? Bounds { get; }

    public string Kind => IsHistogram ? "histogram" : IsSum ? "counter" : "gauge";

    public IEnumerable<MetricSeries> Series => _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal);

    /// <summary>The series of these labels; when there are too many, the one that takes all the rest.</summary>
    public MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = LabelsOf(tags);
        if (_series.TryGetValue(labels, out MetricSeries? known))
            return known;
        return _series.Count < _maxSeries ? _series.GetOrAdd(labels, New) : _series.GetOrAdd(Overflow, New);
    }

    public static string NameOf(string name, string? unit, bool isSum)
    {
        var text = new StringBuilder(name.Length + 16);
        foreach (char sign in name)
            text.Append(char.IsAsciiLetterOrDigit(sign) ? sign : '_');
        if (unit == "s")
            text.Append("_seconds");
        else if (unit == "By")
            text.Append("_bytes");
        return text.Append(isSum ? "_total" : "").ToString();
    }

    private MetricSeries New(string labels) => new(labels, Bounds);

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        KeyValuePair<string, object?>[] sorted = [.. tags];
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return string.Join(',', sorted.Select(tag => $"{NameOf(tag.Key, null, false)}=\"{Escape($"{tag.Value}")}\""));
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n");
}
