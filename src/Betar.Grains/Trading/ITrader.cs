using Betar.Grains.Abstractions.Buying;

namespace Betar.Grains.Trading;

/// <summary>Has one task done: free by an agent of this fleet, or bought from a seller within budget. What REST, workflows, agents, MCP and the SDK use.</summary>
public interface ITrader
{
    /// <summary>Goes on where an earlier call with this purchase id stopped. A refusal stands in the result.</summary>
    Task<PurchaseResult> TradeAsync(TradeOrder order, CancellationToken cancellationToken);
}
