using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Betar.Agents;
using Betar.Grains.Fleet;

namespace Betar.Grains.Tests.Fleet;

public sealed class AgentCostsTests
{
    [Fact]
    public void Nothing_was_used_as_long_as_no_model_was_asked()
    {
        var costs = new AgentCosts();
        costs.Add(null, AgentCosts.ForTasks);

        Assert.Null(costs.Total);
    }

    [Fact]
    public void Tasks_and_summaries_are_added_up()
    {
        var costs = new AgentCosts();
        costs.Add(new ModelUsage("a", 2, 30, 4) { CostAtomic = 5 }, AgentCosts.ForTasks);
        costs.Add(new ModelUsage("b", 1, 100, 20) { CostAtomic = 7 }, AgentCosts.ForSummaries);
        costs.Add(new ModelUsage("", 1, 0, 0), AgentCosts.ForTasks);

        Assert.Equal(("b", 4, 130L, 24L, "12"), (costs.Total!.Model, costs.Total.Calls, costs.Total.InputTokens, costs.Total.OutputTokens, costs.Total.CostAtomic));
    }

    [Fact]
    public void Numbers_that_nobody_can_have_used_stop_at_the_most_there_is()
    {
        var costs = new AgentCosts();
        for (int i = 0; i < 2; i++)
            costs.Add(new ModelUsage("a", int.MaxValue, long.MaxValue, long.MaxValue) { CostAtomic = long.MaxValue }, AgentCosts.ForTasks);

        Assert.Equal((int.MaxValue, long.MaxValue, $"{long.MaxValue}"), (costs.Total!.Calls, costs.Total.OutputTokens, costs.Total.CostAtomic));
    }

    [Fact]
    public void They_are_counted_by_their_use()
    {
        var heard = new ConcurrentBag<(string Name, long By, string Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name.StartsWith("betar.models.", StringComparison.Ordinal))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, by, tags, _) =>
            heard.Add((instrument.Name, by, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();

        new AgentCosts().Add(new ModelUsage("a", 2, 30, 4) { CostAtomic = 5 }, AgentCosts.ForSummaries);
        Assert.Contains(("betar.models.calls", 2L, "use=summary"), heard);
        Assert.Contains(("betar.models.tokens", 30L, "use=summary kind=input"), heard);
        Assert.Contains(("betar.models.tokens", 4L, "use=summary kind=output"), heard);
        Assert.Contains(("betar.models.cost", 5L, "use=summary"), heard);
    }
}
