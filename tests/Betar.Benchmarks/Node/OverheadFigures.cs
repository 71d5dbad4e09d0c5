using System.Diagnostics;
using Betar.Agents;
using Betar.Benchmarks.Harness;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Benchmarks.Node;

/// <summary>What the fleet puts around an executor: a task by its agent's grain against the executor called directly.</summary>
internal static class OverheadFigures
{
    public const string Part = "overhead";

    public static async Task AddAsync(BenchContext context)
    {
        await using FleetNode fleet = await FleetNode.StartAsync(1);
        using var executors = new ExecutorFactory(new ExecutorOptions());
        IExecutor echo = executors.Create(new ExecutorSpec("builtin", "echo"))!;
        IAgentGrain agent = fleet.Node.Grains.GetGrain<IAgentGrain>(fleet.IdOf(0));
        int tasks = context.Repetitions(20_000, 1_000);
        List<double> direct = [], over = [];
        context.Say("tasks by the agent's grain, and by the executor alone");
        for (int round = -1; round < context.RoundCount; round++)
        {
            double alone = await MedianAsync(tasks, async () => await echo.ExecuteAsync(new ExecutionRequest("ping", "bench"), CancellationToken.None));
            double whole = await MedianAsync(tasks, () => agent.Run(new AgentTask { Input = "ping", Caller = "bench", Order = "" }, CancellationToken.None));
            if (round < 0)
                continue;
            direct.Add(alone);
            over.Add(whole - alone);
        }
        context.Add(
            "overhead.p50", "µs", over, Goal.AtMost(1_000), new Baseline("the executor called directly", Figure.Median(direct)),
            "by the agent's grain with its limits, memory, skills and audit log; across processes it is lone.free.p50");
    }

    private static async Task<double> MedianAsync(int count, Func<Task> task)
    {
        var times = new double[count];
        for (int i = 0; i < count; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await task();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        return Figure.Median(times);
    }
}
