namespace Betar.Node.Http.Metering;

/// <summary>One metric with one set of labels: a sum, a last value, or counts by bucket.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length];
    private double _value;
    private long _count;

    /// <summary>As they stand between braces.</summary>
    public string Labels => labels;

    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
            _count++;
            for (int i = 0; i < _buckets?.Length; i++)
            {
                if (value <= bounds![i])
                    _buckets[i]++;
            }
        }
    }

    public void Set(double value)
    {
        lock (_lock)
            _value = value;
    }

    /// <summary>Sum or last value, how many there were, and how many were at most each bound.</summary>
    public (double Value, long Count, long[] Buckets) Read()
    {
        lock (_lock)
            return (_value, _count, [.. _buckets ?? []]);
    }
}
