using System.Text.Json;
using Betar.Agents.Schemas;

namespace Betar.Agents.Configuration;

/// <summary>Finds what settings from the network may not say.</summary>
internal static class ForeignRules
{
    public static IReadOnlyList<ExecutorFault> Find(string kind, JsonElement config)
    {
        List<ExecutorFault> faults = [];
        if (kind == ExecutorKinds.Process)
            faults.Add(new ExecutorFault("", "Only the operator's own file declares programs."));
        else
            Walk(config, "", faults);
        return faults;
    }

    private static void Walk(JsonElement value, string path, List<ExecutorFault> faults)
    {
        if (value.ValueKind == JsonValueKind.String && SecretReferences.IsReference(value.GetString()!))
            faults.Add(new ExecutorFault(path, "Only the operator's own file refers to secrets."));
        else if (value.ValueKind == JsonValueKind.Array)
            foreach ((int place, JsonElement item) in value.EnumerateArray().Index())
                Walk(item, SchemaPath.Join(path, $"{place}"), faults);
        else if (value.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty property in value.EnumerateObject())
                WalkProperty(property, SchemaPath.Join(path, property.Name), faults);
    }

    private static void WalkProperty(JsonProperty property, string path, List<ExecutorFault> faults)
    {
        if (property.Name == "command")
            faults.Add(new ExecutorFault(path, "Only the operator's own file declares programs."));
        else if (property.Name == "allowPrivate" && property.Value.ValueKind == JsonValueKind.True)
            faults.Add(new ExecutorFault(path, "Only the operator's own file opens private networks."));
        else if (property.Name != "outputSchema")
            Walk(property.Value, path, faults);
    }
}
