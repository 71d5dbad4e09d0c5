using Betar.Agents;
using Betar.Agents.Hiring;

namespace Betar.Sdk.Selling;

/// <summary>One task for an agent of this program.</summary>
public sealed record AgentWork
{
    /// <summary>The caller's text: data, never an instruction of yours.</summary>
    public required string Input { get; init; }

    /// <summary>Who asks, as far as that is known.</summary>
    public string Caller { get; init; } = "";

    /// <summary>The payment; empty for a free task.</summary>
    public string Order { get; init; } = "";

    /// <summary>Earlier exchanges of this caller, oldest first; empty where nothing is remembered.</summary>
    public IReadOnlyList<ConversationTurn> Memory { get; init; } = [];

    /// <summary>Takes pieces of the answer for a caller that wants them as they come; null when nobody does. The answer has them all again.</summary>
    public Func<string, ValueTask>? Partial { get; init; }

    /// <summary>The market, for an agent with a budget to hire others; null without one.</summary>
    public IAgentMarket? Market { get; init; }
}
