using System.Text.Json.Nodes;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;

namespace Betar.Node.Configuration.Reloading;

/// <summary>Tells what is different between what a fleet is and what it shall be.</summary>
internal static class FleetDiff
{
    public static IReadOnlyList<FleetChange> Between(IEnumerable<AgentSpec> now, IEnumerable<AgentSpec> wanted)
    {
        var before = now.ToDictionary(spec => spec.AgentId, StringComparer.Ordinal);
        var changes = new List<FleetChange>();
        foreach (var spec in wanted)
        {
            if (!before.Remove(spec.AgentId, out var old))
                changes.Add(new FleetChange("added", spec.AgentId, spec.Name, []));
            else if (Fields(old, spec) is { Count: > 0 } fields)
                changes.Add(new FleetChange("changed", spec.AgentId, spec.Name, fields));
        }

        changes.AddRange(before.Values.Select(spec => new FleetChange("removed", spec.AgentId, spec.Name, [])));
        return changes;
    }

    private static List<(string Field, string From, string To)> Fields(AgentSpec old, AgentSpec fresh)
    {
        var (before, after) = (AsJson(old), AsJson(fresh));
        return
        [
            .. before.Select(field => field.Key).Union(after.Select(field => field.Key)).Where(name => !JsonNode.DeepEquals(before[name], after[name]))
                .Select(name => (name, Shown(before[name]), Shown(after[name]))),
        ];
    }

    /// <summary>As it is stored: nothing that is only computed from the rest.</summary>
    private static JsonObject AsJson(AgentSpec spec) => JsonNode.Parse(AgentRow.Encode(spec))!.AsObject();

    private static string Shown(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value?.ToJsonString() ?? "";
}
