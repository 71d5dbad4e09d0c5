namespace Betar.Grains.Abstractions.Agents;

/// <summary>One task for one agent. The caller's text is data and nothing else.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-task")]
public sealed record AgentTask
{
    [Id(0)] public required string Input { get; init; }
    [Id(1)] public required string Caller { get; init; }

    /// <summary>The payment key, or empty for a free task.</summary>
    [Id(2)] public required string Order { get; init; }

    /// <summary>How many agents hired one another before this task came; 0: a buyer's own.</summary>
    [Id(3)] public int Depth { get; init; }

    /// <summary>How the caller named the request, for the session log; empty: a name is made.</summary>
    [Id(4)] public string RequestId { get; init; } = "";

    /// <summary>Of a task that this node's own trader ordered: the order's purchase id. Empty otherwise.</summary>
    [Id(5)] public string Trade { get; init; } = "";

    /// <summary>Who is remembered: the payer of a paid task, else the peer; proven, never only named. Empty: nobody is.</summary>
    [Id(6)] public string Remembered { get; init; } = "";
}
