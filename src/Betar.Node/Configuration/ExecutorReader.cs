using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Agents;
using Betar.Agents.Configuration;
using Betar.Node.Configuration.Models;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads what does an agent's work: exactly one executor, or none, which is an llm one as in the original.</summary>
internal static class ExecutorReader
{
    /// <summary>Settings by which people tell one agent's executor from another's.</summary>
    private static readonly string[] Naming = ["model", "url", "command", "tool"];

    /// <param name="agent">The agent's map, with the executor in it or not.</param>
    /// <param name="declared">What was read of the agent besides.</param>
    /// <param name="reading">The node's fall-backs.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static ExecutorDeclaration? Read(YamlMap agent, AgentDeclaration declared, FleetReading reading, FaultList faults)
    {
        if (agent.Node("executor") is not { } node)
            return Llm([], declared, reading, agent.Node("name") ?? agent.Place, faults);
        if (YamlMap.From(node, "executor", ExecutorKinds.All, faults) is not { } map)
            return null;
        var kinds = map.Names.ToList();
        if (kinds.Count == 0 && !map.IsEmpty)
            return null;
        if (kinds.Count != 1)
        {
            faults.Add(node, kinds.Count == 0 ? "executor is empty" : $"executor has {string.Join(" and ", kinds)}, and may have exactly one");
            return null;
        }

        return kinds[0] switch
        {
            ExecutorKinds.Builtin => ReadNamed(map, ExecutorKinds.Builtin, ExecutorFactory.BuiltinNames, faults),
            ExecutorKinds.DotNet => ReadNamed(map, ExecutorKinds.DotNet, null, faults),
            var kind => ReadSettings(map, kind, declared, reading, faults),
        };
    }

    private static ExecutorDeclaration? ReadNamed(YamlMap map, string kind, IReadOnlyList<string>? names, FaultList faults)
    {
        if (!map.TryScalar(kind, out var scalar))
        {
            faults.Add(map.Node(kind)!, names is null ? $"{kind} is the name of a handler" : $"{kind} is one of {string.Join(", ", names)}");
            return null;
        }

        if (names is null || names.Contains(scalar.Value))
            return new ExecutorDeclaration(kind, scalar.Value!);
        faults.Add(scalar, $"there is no {kind} \"{scalar.Value}\", only {string.Join(", ", names)}");
        return null;
    }

    private static ExecutorDeclaration? ReadSettings(YamlMap map, string kind, AgentDeclaration declared, FleetReading reading, FaultList faults)
    {
        var node = map.Node(kind)!;
        if (node is not YamlMappingNode)
        {
            faults.Add(node, $"{kind} is a list of \"name: value\" lines");
            return null;
        }

        if (YamlJson.Of(node, faults) is not { } json)
            return null;
        var settings = JsonNode.Parse(json)!.AsObject();
        return kind == ExecutorKinds.Llm ? Llm(settings, declared, reading, node, faults) : Checked(kind, settings, node, faults);
    }

    private static ExecutorDeclaration Llm(JsonObject settings, AgentDeclaration declared, FleetReading reading, YamlNode place, FaultList faults) =>
        Checked(ExecutorKinds.Llm, ModelBinder.Bind(settings, declared, reading, place, faults), place, faults);

    private static ExecutorDeclaration Checked(string kind, JsonObject settings, YamlNode place, FaultList faults)
    {
        var json = settings.ToJsonString();
        foreach (var fault in ExecutorSettings.Check(kind, json))
            faults.Add(YamlJson.At(place, fault.Path), fault.Path.Length == 0 ? $"{kind}: {fault.Message}" : $"{kind}, {fault.Path}: {fault.Message}");
        return new ExecutorDeclaration(kind, NameOf(settings), json);
    }

    /// <summary>A word for people; of an address only the host, since its path may be a secret.</summary>
    private static string NameOf(JsonObject settings)
    {
        foreach (var name in Naming)
        {
            var value = settings[name] is JsonArray { Count: > 0 } list ? list[0] : settings[name];
            if (value is not JsonValue scalar || scalar.GetValueKind() != JsonValueKind.String)
                continue;
            var text = scalar.GetValue<string>();
            return name == "url" && Uri.TryCreate(text, UriKind.Absolute, out var address) ? address.Host : text;
        }

        return "";
    }
}
