using System.Diagnostics;
using Betar.Benchmarks.Node;
using Betar.Benchmarks.X402;

namespace Betar.House.Tests.Benchmarks;

/// <summary>What the figures of the node are made of.</summary>
public sealed class NodeBenchTests
{
    private const string Metrics = """
        # TYPE betar_payments_stage_duration_seconds histogram
        betar_payments_stage_duration_seconds_bucket{stage="settle",le="0.0005"} 3
        betar_payments_stage_duration_seconds_sum{stage="settle"} 0.75
        betar_payments_stage_duration_seconds_count{stage="settle"} 300
        betar_payments_stage_duration_seconds_sum{stage="execute"} 2E-05
        betar_payments_stage_duration_seconds_count{stage="execute"} 1
        betar_payments_answers_total{end="Delivered"} 300
        """;

    [Fact]
    public void Stages_are_read_from_what_the_seller_says_of_itself()
    {
        var stages = SellerMetrics.Read(Metrics);

        Assert.Equal(["execute", "settle"], stages.Keys.Order());
        Assert.Equal((new StageSum(0.75, 300), new StageSum(0.00002, 1)), (stages["settle"], stages["execute"]));
    }

    [Fact]
    public void Other_metrics_are_no_stages() => Assert.Empty(SellerMetrics.Read("betar_payments_answers_total{end=\"Delivered\"} 300\n"));

    [Fact]
    public void A_stage_s_mean_is_that_of_its_times_since_the_reading_before() =>
        Assert.Equal(2.5, new StageSum(1.75, 500).MeanSince(new StageSum(1.25, 300)), 6);

    [Fact]
    public void Memory_is_what_the_system_counts() => Assert.Equal(123_456 * 1024, ResidentMemory.Read(["Name:\tbetar", "VmPeak:\t 999 kB", "VmRSS:\t  123456 kB"]));

    [Fact]
    public void A_status_without_memory_is_no_figure() => Assert.Throws<InvalidDataException>(() => ResidentMemory.Read(["Name:\tgone"]));

    [Fact]
    public void Growth_is_that_of_the_last_quarter_over_the_second() =>
        Assert.Equal((new Quarters(20, 40), 100), (Quarters.Of([1, 1, 1, 10, 20, 30, 99, 99, 99, 30, 40, 50]), Quarters.Of([1, 20, 99, 40]).GrowthPercent));

    [Fact]
    public async Task Each_caller_has_one_task_at_a_time_in_the_closed_loop()
    {
        int[] running = new int[2], most = new int[2];
        double rate = await TaskLoad.ClosedLoopAsync([() => CallAsync(0), () => CallAsync(1)], 1);

        Assert.True(rate > 0);
        Assert.Equal([1, 1], most);

        async Task CallAsync(int caller)
        {
            most[caller] = Math.Max(most[caller], Interlocked.Increment(ref running[caller]));
            await Task.Yield();
            Interlocked.Decrement(ref running[caller]);
        }
    }

    [Fact]
    public async Task At_a_rate_there_are_as_many_tasks_as_are_due_and_none_starts_before_its_time()
    {
        long started = Stopwatch.GetTimestamp();
        var latencies = await TaskLoad.SteadyAsync([() => Task.CompletedTask], 100, 0.2);

        Assert.Equal(20, latencies.Count);
        Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds >= 0.185);
    }

    [Fact]
    public async Task A_task_that_fails_ends_the_measurement() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => TaskLoad.SteadyAsync([() => throw new InvalidOperationException("not delivered")], 100, 0.05));
}
