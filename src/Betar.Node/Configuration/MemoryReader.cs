using Betar.Agents.Configuration;
using Betar.Grains.Abstractions.Conversations;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads what an agent remembers of each caller: a number, which is a window of so many exchanges, or a policy with its settings.</summary>
internal static class MemoryReader
{
    private const int UsualTurns = 10;
    private const int UsualSummary = 2_048;

    private const string None = "none";
    private const string Window = "window";
    private const string Summary = "summary";

    public static readonly string[] Fields = ["policy", "turns", "summaryBytes"];

    public static MemoryPolicy Read(YamlMap agent, FaultList faults)
    {
        if (agent.Node("memory") is not YamlMappingNode node)
            return new MemoryPolicy(agent.Count("memory", MemoryPolicy.MostTurns), 0);
        if (YamlMap.From(node, "memory", Fields, faults) is not { } map)
            return default;
        var policy = map.Text("policy");
        if (policy is not (None or Window or Summary))
        {
            faults.Add(map.Node("policy") ?? node, $"policy is {None}, {Window} or {Summary}");
            return default;
        }

        foreach (var (field, goesWith) in new[] { ("turns", policy != None), ("summaryBytes", policy == Summary) })
        {
            if (!goesWith && map.Node(field) is { } useless)
                faults.Add(useless, $"policy {policy} has no {field}");
        }

        return new MemoryPolicy(
            policy == None ? 0 : map.Count("turns", MemoryPolicy.MostTurns, 1, UsualTurns),
            policy == Summary ? map.Count("summaryBytes", MemoryPolicy.MostSummary, MemoryPolicy.LeastSummary, UsualSummary) : 0);
    }

    /// <summary>Summaries are made by the agent's own model.</summary>
    public static void Check(YamlMap agent, AgentDeclaration declared, FaultList faults)
    {
        if (declared.Memory.SummaryBytes > 0 && declared.Executor.Kind is not ("" or ExecutorKinds.Llm))
            faults.Add(agent.Node("memory")!, $"memory with policy {Summary} is for an llm agent, whose model makes the summary; {declared.Executor.Kind} has none");
    }
}
