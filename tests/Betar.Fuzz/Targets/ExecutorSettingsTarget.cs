using System.Text;
using System.Text.Json;
using Betar.Agents.Configuration;
using Betar.Agents.Schemas;

namespace Betar.Fuzz.Targets;

/// <summary>A schema, a line feed, and a value: the schema is refused or the value is checked, both with at most so many faults, whatever they are.</summary>
internal sealed class ExecutorSettingsTarget : IFuzzTarget
{
    public string Name => "executor-settings";

    /// <summary>Patterns become automata.</summary>
    public long MemoryBound(int length) => (8 * 1024 * 1024) + (16 * 1024L * length);

    public bool Take(byte[] input)
    {
        string[] parts = Encoding.UTF8.GetString(input).Split('\n', 2);
        foreach (string kind in ExecutorKinds.All)
            FuzzException.Unless(ExecutorSettings.Check(kind, parts[0]).All(fault => fault.Message.EndsWith('.')), "a fault that is no sentence");

        JsonSchema? schema = JsonSchema.Parse(parts[0], out IReadOnlyList<ExecutorFault> faults);
        FuzzException.Unless(faults.Count <= SchemaLimits.MaxFaults, "more faults than the limit");
        FuzzException.Unless(schema is null == faults.Count > 0, "a schema that is neither taken nor refused");
        if (schema is null || parts.Length < 2)
            return false;
        try
        {
            using JsonDocument value = JsonDocument.Parse(parts[1]);
            IReadOnlyList<ExecutorFault> found = schema.Check(value.RootElement);
            FuzzException.Unless(found.Count <= SchemaLimits.MaxFaults, "more faults than the limit");
            FuzzException.Unless(found.SequenceEqual(schema.Check(value.RootElement)), "two checks of one value that differ");
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
