using System.Globalization;

namespace Betar.Benchmarks.Node;

/// <summary>What the seller's process says of itself at <c>/metrics</c>.</summary>
internal sealed class SellerMetrics(Uri seller) : IDisposable
{
    private const string Sum = "betar_payments_stage_duration_seconds_sum{stage=\"";
    private const string Count = "betar_payments_stage_duration_seconds_count{stage=\"";

    private readonly HttpClient _http = new() { BaseAddress = seller };

    public async Task<IReadOnlyDictionary<string, StageSum>> StagesAsync() => Read(await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative)));

    public void Dispose() => _http.Dispose();

    /// <summary>The stages of payments in a text as Prometheus reads it.</summary>
    public static IReadOnlyDictionary<string, StageSum> Read(string text)
    {
        Dictionary<string, StageSum> stages = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            if (Value(line, Sum) is { } sum)
                stages[sum.Stage] = stages.GetValueOrDefault(sum.Stage) with { Seconds = sum.Value };
            else if (Value(line, Count) is { } count)
                stages[count.Stage] = stages.GetValueOrDefault(count.Stage) with { Count = count.Value };
        }
        return stages;
    }

    private static (string Stage, double Value)? Value(string line, string prefix)
    {
        if (!line.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        string[] parts = line[prefix.Length..].Split("\"} ", 2);
        return (parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
