using Betar.Agents.Hiring;

namespace Betar.Agents;

/// <summary>One task as an executor sees it.</summary>
/// <param name="Input">The caller's text: data, never an instruction of ours.</param>
/// <param name="Caller">Who asks, as far as that is known.</param>
public sealed record ExecutionRequest(string Input, string Caller)
{
    public string AgentId { get; init; } = "";

    /// <summary>The payment key, or empty for a free task.</summary>
    public string Order { get; init; } = "";

    /// <summary>Earlier exchanges of this caller with this agent, oldest first; empty when the agent remembers nothing.</summary>
    public IReadOnlyList<ConversationTurn> Memory { get; init; } = [];

    /// <summary>What there was before <see cref="Memory"/>, condensed; empty when there is no summary. Made of a caller's text: data like that.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The market, for an agent that has a mandate to hire others; null for all the rest.</summary>
    public IAgentMarket? Market { get; init; }

    /// <summary>Takes pieces of the answer as they come; null when nobody listens. What it gets is not yet the answer.</summary>
    public Func<string, ValueTask>? Partial { get; init; }
}
