using Betar.Node.Errors;

namespace Betar.Node.Configuration;

/// <summary>Reads what does an agent's work; exactly one executor, and only those that this version can run.</summary>
internal static class ExecutorReader
{
    private static readonly string[] Kinds = ["builtin", "llm", "http", "process", "mcp", "dotnet"];
    private static readonly string[] BuiltIns = ["echo", "math"];

    public static ExecutorDeclaration? Read(YamlMap agent, FaultList faults)
    {
        if (agent.Node("executor") is not { } node)
        {
            faults.Add(ErrorCatalog.ExecutorNotAvailable, agent.Place, "an agent without executor is an llm one, which this version cannot run yet");
            return null;
        }

        if (YamlMap.From(node, "executor", Kinds, faults) is not { } map)
            return null;
        var kinds = map.Names.ToList();
        if (kinds.Count == 0 && !map.IsEmpty)
            return null;
        if (kinds.Count != 1)
        {
            faults.Add(node, kinds.Count == 0 ? "executor is empty" : $"executor has {string.Join(" and ", kinds)}, and may have exactly one");
            return null;
        }

        if (kinds[0] != "builtin")
        {
            faults.Add(ErrorCatalog.ExecutorNotAvailable, map.Node(kinds[0])!, $"this version cannot run an executor of kind {kinds[0]} yet");
            return null;
        }

        return ReadBuiltIn(map, faults);
    }

    private static ExecutorDeclaration? ReadBuiltIn(YamlMap map, FaultList faults)
    {
        if (!map.TryScalar("builtin", out var scalar))
        {
            faults.Add(map.Node("builtin")!, $"builtin is one of {string.Join(", ", BuiltIns)}");
            return null;
        }

        if (BuiltIns.Contains(scalar.Value))
            return new ExecutorDeclaration("builtin", scalar.Value!);
        faults.Add(scalar, $"there is no builtin \"{scalar.Value}\", only {string.Join(" and ", BuiltIns)}");
        return null;
    }
}
