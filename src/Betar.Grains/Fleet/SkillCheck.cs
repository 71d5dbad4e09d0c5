using System.Runtime.CompilerServices;
using System.Text.Json;
using Betar.Agents.Configuration;
using Betar.Agents.Schemas;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Fleet;

/// <summary>
/// Whether an agent takes a task, before anything is paid: one of its skills must. A skill without a schema takes any text; of
/// one with a schema, the task is a JSON value that satisfies it, or a plain text where the schema takes texts.
/// </summary>
internal static class SkillCheck
{
    private static readonly ConditionalWeakTable<AgentSpec, JsonSchema[]> s_schemas = [];

    public static Refusal? Find(AgentSpec spec, string input)
    {
        JsonSchema[] schemas = s_schemas.GetValue(spec, Compile);
        if (schemas.Length == 0)
            return null;

        IReadOnlyList<ExecutorFault> faults = [];
        foreach (Func<string> reading in Readings(input))
        {
            using JsonDocument? value = Parse(reading);
            foreach (JsonSchema schema in value is null ? [] : schemas)
            {
                IReadOnlyList<ExecutorFault> found = schema.Check(value!.RootElement);
                if (found.Count == 0)
                    return null;
                faults = faults.Count == 0 ? found : faults;
            }
        }
        string detail = faults.Count == 0 ? "" : $" At '{faults[0].Path}': {faults[0].Message}";
        return new Refusal { Code = RefusalCodes.TaskRefused, Message = $"The task is not what the agent's skills take.{detail}" };
    }

    /// <summary>Schemas that are none are found when the agent is declared.</summary>
    public static IEnumerable<string> FaultsOf(AgentSpec spec)
    {
        foreach (AgentSkill skill in spec.Skills)
            foreach (string schema in new[] { skill.InputSchema, skill.OutputSchema })
                if (schema.Length > 0 && JsonSchema.Parse(schema, out IReadOnlyList<ExecutorFault> faults) is null)
                    yield return $"skill '{skill.SkillId}' has a schema with a fault at '{faults[0].Path}': {faults[0].Message.TrimEnd('.')}";
    }

    /// <summary>Empty when some skill takes any text.</summary>
    private static JsonSchema[] Compile(AgentSpec spec) => spec.Skills.Any(skill => skill.InputSchema.Length == 0)
        ? []
        : [.. spec.Skills.Select(skill => JsonSchema.Parse(skill.InputSchema, out _)).OfType<JsonSchema>()];

    private static Func<string>[] Readings(string input) => [() => input, () => $"\"{JsonEncodedText.Encode(input)}\""];

    private static JsonDocument? Parse(Func<string> reading)
    {
        try
        {
            return JsonDocument.Parse(reading());
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
