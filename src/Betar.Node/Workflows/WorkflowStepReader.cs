using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Workflows;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using Betar.X402;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Workflows;

/// <summary>Reads the steps of a workflow, and remembers where each stands.</summary>
internal sealed class WorkflowStepReader(FaultList faults)
{
    public const int MaxTimeout = 86_400;

    private const int MaxRetries = 10;

    private static readonly string[] s_kinds = ["agent", "chain", "parallel", "map", "if"];
    private static readonly string[] s_common = ["name", "timeout", "budget"];

    private static readonly Dictionary<string, string[]> s_fields = new(StringComparer.Ordinal)
    {
        ["agent"] = ["agent", "input", "retries", .. s_common],
        ["chain"] = ["chain", .. s_common],
        ["parallel"] = ["parallel", .. s_common],
        ["map"] = ["map", "do", .. s_common],
        ["if"] = ["if", "equals", "contains", "not", "then", "else", .. s_common],
    };

    private readonly Dictionary<string, YamlNode> _places = new(StringComparer.Ordinal);

    public YamlNode? PlaceOf(string path) => _places.GetValueOrDefault(path);

    /// <summary>A list is a chain; so is nothing but one step that is written in its place.</summary>
    public WorkflowStep? ReadChain(YamlNode node, string path, string what)
    {
        _places.TryAdd(path, node);
        if (node is YamlSequenceNode list)
            return new WorkflowStep { Kind = WorkflowStepKind.Chain, Steps = ReadAll(list, index => WorkflowPaths.Step(path, index)) };
        faults.Add(node, $"{what} is a list; begin each step with a dash");
        return null;
    }

    public string Budget(YamlMap map)
    {
        if (map.Text("budget") is not { } text)
            return "";
        if (AtomicAmount.TryParseUsdc(text, out AtomicAmount amount))
            return amount.ToString();
        faults.Add(ErrorCatalog.BadPrice, map.Node("budget")!, $"budget is an amount of USDC with at most {AtomicAmount.UsdcDecimals} digits after the point");
        return "";
    }

    private List<WorkflowStep> ReadAll(YamlSequenceNode list, Func<int, string> path)
    {
        List<WorkflowStep> steps = [];
        foreach (YamlNode item in list)
        {
            if (Read(item, path(steps.Count)) is { } step)
                steps.Add(step);
        }

        return steps;
    }

    private WorkflowStep? Read(YamlNode node, string path)
    {
        _places[path] = node;
        if (node is YamlSequenceNode)
            return ReadChain(node, path, "a chain");
        if (node is not YamlMappingNode mapping)
        {
            faults.Add(node, "a step is a list of \"name: value\" lines");
            return null;
        }

        string[] kinds = [.. s_kinds.Where(kind => mapping.Children.ContainsKey(new YamlScalarNode(kind)))];
        if (kinds is not [var named])
        {
            faults.Add(node, $"a step has one of {string.Join(", ", s_kinds)}");
            return null;
        }

        return YamlMap.From(node, "this step", s_fields[named], faults) is { } map ? Inside(named, map, path) : null;
    }

    private WorkflowStep? Inside(string kind, YamlMap map, string path)
    {
        WorkflowStep? step = kind switch
        {
            "agent" => new WorkflowStep { Agent = map.Text("agent") ?? "", Input = map.Text("input") ?? "", Retries = map.Count("retries", MaxRetries) },
            "chain" => ReadChain(map.Node("chain")!, path, "chain"),
            "parallel" => Branches(map.Node("parallel")!, path),
            "map" => Map(map, path),
            _ => Condition(map, path),
        };
        return step is null ? null : step with { Name = map.Text("name") ?? "", BudgetAtomic = Budget(map), TimeoutSeconds = map.Count("timeout", MaxTimeout) };
    }

    private WorkflowStep? Branches(YamlNode node, string path)
    {
        if (node is YamlSequenceNode list)
            return new WorkflowStep { Kind = WorkflowStepKind.Parallel, Steps = ReadAll(list, index => WorkflowPaths.Step(path, index)) };
        faults.Add(node, "parallel is a list; begin each branch with a dash");
        return null;
    }

    private WorkflowStep? Map(YamlMap map, string path)
    {
        if (map.Node("do") is not { } body)
        {
            faults.Add(map.Place, "a map says under do what is done with each item");
            return null;
        }

        return Read(body, WorkflowPaths.Item(path, 0)) is { } step
            ? new WorkflowStep { Kind = WorkflowStepKind.Map, Input = map.Text("map") ?? "", Steps = [step] }
            : null;
    }

    private WorkflowStep? Condition(YamlMap map, string path)
    {
        if (map.Node("then") is not { } then)
        {
            faults.Add(map.Place, "a condition says under then what is done when it holds");
            return null;
        }

        if (map.Node("equals") is not null && map.Node("contains") is { } both)
            faults.Add(both, "a condition has equals or contains, not both");
        List<WorkflowStep> ways = [];
        if (Read(then, WorkflowPaths.Step(path, 0)) is { } first)
            ways.Add(first);
        if (map.Node("else") is { } otherwise && Read(otherwise, WorkflowPaths.Step(path, 1)) is { } second)
            ways.Add(second);
        return new WorkflowStep
        {
            Kind = WorkflowStepKind.If,
            Input = map.Text("if") ?? "",
            Test = map.Node("equals") is not null ? WorkflowTest.Equals : map.Node("contains") is not null ? WorkflowTest.Contains : WorkflowTest.NotEmpty,
            Expected = map.Text("equals") ?? map.Text("contains") ?? "",
            Negated = map.Flag("not"),
            Steps = ways,
        };
    }
}
