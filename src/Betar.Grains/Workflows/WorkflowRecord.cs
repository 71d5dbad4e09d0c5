using System.Text.Json;
using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Serialization;

namespace Betar.Grains.Workflows;

/// <summary>A workflow as it is stored. What tasks said is kept; what stands between them is computed from it again.</summary>
internal sealed class WorkflowRecord
{
    public required string Id { get; set; }

    public required WorkflowDefinition Definition { get; set; }

    public WorkflowStatus Status { get; set; }

    public bool CancelRequested { get; set; }

    public string Output { get; set; } = "";

    public Refusal? Error { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The tasks that have begun, by their paths.</summary>
    public Dictionary<string, StepRecord> Steps { get; set; } = [];

    /// <summary>When steps with a time-out began.</summary>
    public Dictionary<string, DateTimeOffset> Began { get; set; } = [];

    /// <summary>How many items a map has.</summary>
    public Dictionary<string, int> Items { get; set; } = [];

    public bool HasEnded => Status is WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Canceled;

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, StoredJson.Default.WorkflowRecord);

    public static WorkflowRecord Decode(ReadOnlyMemory<byte> row) =>
        JsonSerializer.Deserialize(row.Span, StoredJson.Default.WorkflowRecord) ?? throw new InvalidDataException("A row of the workflow table holds no workflow.");
}
