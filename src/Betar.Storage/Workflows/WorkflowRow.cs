namespace Betar.Storage.Workflows;

/// <summary>A workflow as it is kept. Its state is opaque here.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">How often it was saved; the next save must know it.</param>
/// <param name="CreatedAt">When it was ordered.</param>
/// <param name="IsOpen">It has not ended.</param>
/// <param name="State">Everything else.</param>
public sealed record WorkflowRow(string Id, long Version, DateTimeOffset CreatedAt, bool IsOpen, ReadOnlyMemory<byte> State);
