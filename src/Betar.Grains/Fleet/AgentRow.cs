using System.Text.Json;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Serialization;

namespace Betar.Grains.Fleet;

/// <summary>An agent's row in the agent table: JSON, so that it outlives any version of the contracts.</summary>
public static class AgentRow
{
    public static byte[] Encode(AgentSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, StoredJson.Default.AgentSpec);

    public static AgentSpec Decode(ReadOnlyMemory<byte> row)
    {
        AgentSpec spec = JsonSerializer.Deserialize(row.Span, StoredJson.Default.AgentSpec)
            ?? throw new InvalidDataException("A row of the agent table holds no agent.");

        // The generated reader gives what a row does not name the default of its type, and not the one of the contract.
        return spec with
        {
            ExecutorConfig = spec.ExecutorConfig ?? ExecutorSpec.NoConfig,
            Skills = spec.Skills ?? [],
            HirePerTaskAtomic = spec.HirePerTaskAtomic ?? "0",
            HirePerDayAtomic = spec.HirePerDayAtomic ?? "0",
            RefundPolicy = spec.RefundPolicy ?? "refund",
        };
    }
}
