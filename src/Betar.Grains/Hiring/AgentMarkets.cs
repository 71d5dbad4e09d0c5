using Betar.Agents.Hiring;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Trading;
using Betar.X402;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Hiring;

/// <summary>Gives an agent with a mandate the market for one task.</summary>
public sealed class AgentMarkets(IGrainFactory grains, IAgentDirectory directory, ITrader trader, IOptions<HiringOptions> options) : IAgentMarkets
{
    public IAgentMarket? Of(AgentSpec spec, AgentTask task) => AtomicAmount.TryParse(spec.HirePerTaskAtomic, out AtomicAmount limit) && !limit.IsZero
        ? new AgentMarket(spec, task, grains, directory, trader, options.Value)
        : null;
}
