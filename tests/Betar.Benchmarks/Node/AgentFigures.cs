using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Node;

/// <summary>Many declared agents that nobody asks: how long until all are listed, what each costs, and how fast one is found.</summary>
internal static class AgentFigures
{
    public const string Part = "agents";

    private const int Agents = 100_000;

    public static async Task AddAsync(BenchContext context)
    {
        int agents = context.Number(NodeBench.Agents) ?? context.Repetitions(Agents, 5_000);
        context.Say($"a node with {agents} agents");
        FleetMeasure few = await FleetMeasure.OfAsync(1), many = await FleetMeasure.OfAsync(agents);
        if (many.Listed != agents)
            throw new InvalidOperationException($"Of {agents} agents {many.Listed} are listed.");
        string note = $"{agents} agents of an empty data folder, default limits, one round";
        context.Add("agents.declared-listed", "s", [many.StartSeconds], Goal.AtMost(60, 30), new Baseline("the same start with one agent", few.StartSeconds), note);
        context.Add("agents.memory", "B", [(double)(many.Bytes - few.Bytes) / agents], Goal.AtMost(4096, 2048), null,
            $"growth of resident memory per agent over a node with one, each after a full collection; {note}");
        context.Add("agents.lookup-p99", "ms", [many.LookupP99], Goal.AtMost(5), null, $"by id, in the node; {note}");
        context.Add("agents.lookup-p50", "ms", [many.LookupP50], null, null, note);
    }
}
