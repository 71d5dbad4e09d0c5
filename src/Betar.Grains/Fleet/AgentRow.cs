using System.Text.Json;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Serialization;

namespace Betar.Grains.Fleet;

/// <summary>An agent's row in the agent table: JSON, so that it outlives any version of the contracts.</summary>
public static class AgentRow
{
    private const int MaxShared = 64;

    public static byte[] Encode(AgentSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, StoredJson.Default.AgentSpec);

    public static AgentSpec Decode(ReadOnlyMemory<byte> row)
    {
        AgentSpec spec = JsonSerializer.Deserialize(row.Span, StoredJson.Default.AgentSpec)
            ?? throw new InvalidDataException("A row of the agent table holds no agent.");

        // The generated reader gives what a row does not name the default of its type, and not the one of the contract.
        return spec with
        {
            ExecutorConfig = Shared(spec.ExecutorConfig) ?? ExecutorSpec.NoConfig,
            Skills = spec.Skills ?? [],
            HirePerTaskAtomic = Shared(spec.HirePerTaskAtomic) ?? "0",
            HirePerDayAtomic = Shared(spec.HirePerDayAtomic) ?? "0",
            RefundPolicy = Shared(spec.RefundPolicy) ?? "refund",
            InputPriceAtomic = Shared(spec.InputPriceAtomic) ?? "0",
            OutputPriceAtomic = Shared(spec.OutputPriceAtomic) ?? "0",
            PayTo = Shared(spec.PayTo)!,
            PriceAtomic = Shared(spec.PriceAtomic)!,
            ExecutorKind = Shared(spec.ExecutorKind)!,
            ExecutorTarget = Shared(spec.ExecutorTarget)!,
        };
    }

    /// <summary>What most agents of a fleet have in common is one text for all of them.</summary>
    private static string? Shared(string? text) => text?.Length <= MaxShared ? string.Intern(text) : text;
}
