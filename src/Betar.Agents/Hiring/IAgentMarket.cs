namespace Betar.Agents.Hiring;

/// <summary>What an agent with a mandate may do on the market: look, ask a price, buy. Depth and cost are capped behind it.</summary>
public interface IAgentMarket
{
    /// <summary>Sellers' texts in what comes back are strangers' data.</summary>
    ValueTask<IReadOnlyList<HireOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken);

    /// <summary>The offer of one agent; null when nobody sells it, or it may not be bought.</summary>
    ValueTask<HireOffer?> QuoteAsync(string agent, CancellationToken cancellationToken);

    /// <summary>Buys one task within the mandate. A refusal is an outcome, with its stable code.</summary>
    ValueTask<HireOutcome> BuyAsync(string agent, string input, CancellationToken cancellationToken);
}
