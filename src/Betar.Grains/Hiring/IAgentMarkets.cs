using Betar.Agents.Hiring;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Hiring;

/// <summary>The market as an agent sees it while it does a task.</summary>
public interface IAgentMarkets
{
    /// <summary>Null for an agent that has no mandate to hire others.</summary>
    IAgentMarket? Of(AgentSpec spec, AgentTask task);
}
