using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Serialization;

namespace Betar.Grains.Fleet;

/// <summary>An agent's row in the agent table: JSON, so that it outlives any version of the contracts.</summary>
public static class AgentRow
{
    public static byte[] Encode(AgentSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, StoredJson.Default.AgentSpec);

    public static AgentSpec Decode(ReadOnlyMemory<byte> row) =>
        JsonSerializer.Deserialize(row.Span, StoredJson.Default.AgentSpec)
        ?? throw new InvalidDataException("A row of the agent table holds no agent.");
}
