using System.Diagnostics.Metrics;
using Betar.Node.Http;
using Betar.Node.Http.Metering;

namespace Betar.Node.Tests.Http;

public sealed class MetricsTests
{
    [Fact]
    public async Task What_the_node_counts_is_there_for_prometheus()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await world.GetAsync("/health");
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/metrics");
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("# TYPE betar_http_request_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("betar_http_request_duration_seconds_count{method=\"GET\",route=\"/health\",status=\"200\"} ", text, StringComparison.Ordinal);
        Assert.Contains("\nbetar_orders_count 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_a_gauge_and_a_histogram_are_written_as_prometheus_reads_them()
    {
        using var meter = new Meter("Betar");
        string name = $"test.{Guid.NewGuid():N}";
        using var collector = new MetricCollector(10);
        Counter<int> counter = meter.CreateCounter<int>(name + ".count", description: "How many.");
        UpDownCounter<long> gauge = meter.CreateUpDownCounter<long>(name + ".now");
        Histogram<double> histogram = meter.CreateHistogram<double>(name + ".took", "s");
        meter.CreateObservableGauge(name + ".seen", () => 7);
        counter.Add(2, new KeyValuePair<string, object?>("b", "x\"y\n\\"), new KeyValuePair<string, object?>("a", 1));
        counter.Add(3, new KeyValuePair<string, object?>("a", 1), new KeyValuePair<string, object?>("b", "x\"y\n\\"));
        gauge.Add(5);
        gauge.Add(-2);
        histogram.Record(0.002);
        histogram.Record(99);

        string metric = name.Replace('.', '_'), text = collector.Write();

        Assert.Contains($"# HELP {metric}_count_total How many.\n# TYPE {metric}_count_total counter\n{metric}_count_total{{a=\"1\",b=\"x\\\"y\\n\\\\\"}} 5\n", text, StringComparison.Ordinal);
        Assert.Contains($"# TYPE {metric}_now gauge\n{metric}_now 3\n", text, StringComparison.Ordinal);
        Assert.Contains($"{metric}_seen 7\n", text, StringComparison.Ordinal);
        Assert.Contains($"{metric}_took_seconds_bucket{{le=\"0.001\"}} 0\n{metric}_took_seconds_bucket{{le=\"0.0025\"}} 1\n", text, StringComparison.Ordinal);
        Assert.Contains($"{metric}_took_seconds_bucket{{le=\"60\"}} 1\n{metric}_took_seconds_bucket{{le=\"+Inf\"}} 2\n{metric}_took_seconds_sum 99.002\n{metric}_took_seconds_count 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_never_happened_is_0_and_what_has_labels_has_only_those()
    {
        using var meter = new Meter("Betar");
        string name = $"test.{Guid.NewGuid():N}", metric = name.Replace('.', '_');
        using var collector = new MetricCollector(10);
        Counter<int> counter = meter.CreateCounter<int>(name);
        UpDownCounter<int> gauge = meter.CreateUpDownCounter<int>(name + ".now");
        Assert.Contains($"\n{metric}_total 0\n", collector.Write(), StringComparison.Ordinal);
        Assert.Contains($"\n{metric}_now 0\n", collector.Write(), StringComparison.Ordinal);

        counter.Add(1, new KeyValuePair<string, object?>("a", 1));
        gauge.Add(1);

        string text = collector.Write();
        Assert.Contains($"\n{metric}_total{{a=\"1\"}} 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\n{metric}_total 0\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n{metric}_now 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_strangers_choose_do_not_fill_the_memory()
    {
        using var meter = new Meter("Betar");
        string name = $"test.{Guid.NewGuid():N}";
        using var collector = new MetricCollector(3);
        Counter<int> counter = meter.CreateCounter<int>(name);
        for (int i = 0; i < 100; i++)
            counter.Add(1, new KeyValuePair<string, object?>("who", i));

        string[] lines = [.. collector.Write().Split('\n').Where(line => line.StartsWith(name.Replace('.', '_'), StringComparison.Ordinal))];
        Assert.Equal(4, lines.Length);
        Assert.Contains($"{name.Replace('.', '_')}_total{{overflow=\"true\"}} 97", lines);
    }

    [Fact]
    public async Task Guards_count_what_they_turn_away()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using (await world.SendAsync(HttpMethod.Get, "/health", null, ("Host", "elsewhere")))
        using (await world.SendAsync(HttpMethod.Get, "/health", null, ("Origin", "https://elsewhere")))
        {
        }

        string text = (await world.GetAsync("/metrics")).Body;
        Assert.Contains("betar_http_turned_away_total{guard=\"host\"}", text, StringComparison.Ordinal);
        Assert.Contains("betar_http_turned_away_total{guard=\"origin\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_sent_anywhere_unless_a_collector_is_named()
    {
        Assert.Null(Telemetry.Start(_ => null, "node"));
        using Telemetry? telemetry = Telemetry.Start(name => name == Telemetry.EndpointVariable ? "http://127.0.0.1:1" : null, "node");
        Assert.NotNull(telemetry);
    }
}
