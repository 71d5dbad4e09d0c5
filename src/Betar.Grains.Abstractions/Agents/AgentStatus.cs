namespace Betar.Grains.Abstractions.Agents;

/// <summary>What an agent says of itself.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-status")]
public sealed record AgentStatus
{
    [Id(0)] public AgentSpec? Spec { get; init; }
    [Id(1)] public int Running { get; init; }
    [Id(2)] public int Waiting { get; init; }
    [Id(3)] public long Completed { get; init; }
    [Id(4)] public long Failed { get; init; }

    /// <summary>Tasks in a row that failed by the executor's doing; 0 after one that went well.</summary>
    [Id(5)] public int ConsecutiveFailures { get; init; }

    /// <summary>Why the last one failed; empty when none has.</summary>
    [Id(6)] public string LastError { get; init; } = "";

    /// <summary>True while the executor leaves alone what it calls, because it fails all the time.</summary>
    [Id(7)] public bool IsResting { get; init; }

    /// <summary>What it has used of language models since it began, summaries of its memory included; null when none was asked.</summary>
    [Id(8)] public TaskUsage? Usage { get; init; }

    /// <summary>Summaries of its memory that are being made.</summary>
    [Id(9)] public int Summarising { get; init; }
}
