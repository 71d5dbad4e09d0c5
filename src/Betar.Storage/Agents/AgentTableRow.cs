namespace Betar.Storage.Agents;

/// <summary>One declared agent.</summary>
public readonly record struct AgentTableRow(string AgentId, ReadOnlyMemory<byte> Spec);
