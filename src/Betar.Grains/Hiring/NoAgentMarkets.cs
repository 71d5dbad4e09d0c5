using Betar.Agents.Hiring;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Hiring;

/// <summary>For a fleet that buys nothing.</summary>
internal sealed class NoAgentMarkets : IAgentMarkets
{
    public IAgentMarket? Of(AgentSpec spec, AgentTask task) => null;
}
