using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Betar.Agents.Builtin;
using Betar.Agents.DotNet;
using Betar.Agents.Http;
using Betar.Agents.Llm;
using Betar.Agents.Mcp;
using Betar.Agents.Processes;
using Betar.Agents.Schemas;

namespace Betar.Agents.Configuration;

/// <summary>The settings of every kind of executor: their schemas, and what is wrong with given ones.</summary>
public static class ExecutorSettings
{
    /// <summary>Longest settings of one executor, in characters.</summary>
    public const int MaxLength = 262_144;

    private static readonly FrozenDictionary<string, string> s_texts = new Dictionary<string, string>
    {
        [ExecutorKinds.Builtin] = BuiltinSchema.Text,
        [ExecutorKinds.Llm] = LlmSchema.Text,
        [ExecutorKinds.Http] = HttpSchema.Text,
        [ExecutorKinds.Process] = ProcessSchema.Text,
        [ExecutorKinds.Mcp] = McpSchema.Text,
        [ExecutorKinds.DotNet] = DotNetSchema.Text,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Lazy<FrozenDictionary<string, JsonSchema>> s_schemas = new(() => s_texts.ToFrozenDictionary(
        entry => entry.Key,
        entry => JsonSchema.Parse(entry.Value, out IReadOnlyList<ExecutorFault> faults) ?? throw new InvalidDataException($"{entry.Key}: {faults[0].Path}: {faults[0].Message}")));

    /// <returns>The JSON schema of a kind's settings.</returns>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static string Schema(string kind) =>
        s_texts.TryGetValue(kind, out string? text) ? text : throw new ArgumentException("There is no such kind of executor.", nameof(kind));

    /// <summary>Everything that is wrong, each with its place; empty when the executor can be made.</summary>
    public static IReadOnlyList<ExecutorFault> Check(string kind, JsonElement config)
    {
        if (!s_schemas.Value.TryGetValue(kind, out JsonSchema? schema))
            return [new ExecutorFault("", $"There is no kind of executor but {string.Join(", ", ExecutorKinds.All)}.")];
        IReadOnlyList<ExecutorFault> faults = schema.Check(config);
        return faults.Count > 0 ? faults : SettingRules.Find(kind, config);
    }

    /// <summary>The same of settings as text, as a spec holds them.</summary>
    public static IReadOnlyList<ExecutorFault> Check(string kind, string config)
    {
        if (config.Length > MaxLength)
            return [new ExecutorFault("", $"The settings have more than {MaxLength} characters.")];
        using JsonDocument? document = JsonTexts.Parse(config);
        return document is null ? [new ExecutorFault("", "The settings are not a JSON object with every name once.")] : Check(kind, document.RootElement);
    }

    /// <summary>
    /// What only the operator's own file may say, because it starts programs, reads the node's files and variables or reaches its
    /// private network: refused in settings that come over the network, whoever sends them.
    /// </summary>
    public static IReadOnlyList<ExecutorFault> CheckForeign(string kind, JsonElement config)
    {
        IReadOnlyList<ExecutorFault> faults = Check(kind, config);
        return faults.Count > 0 ? faults : ForeignRules.Find(kind, config);
    }

    /// <summary>Reads settings that <see cref="Check(string, string)"/> found nothing wrong with.</summary>
    internal static T Read<T>(string config, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(config, type) ?? throw new InvalidDataException("The settings are no object.");
}
