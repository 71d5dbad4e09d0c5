using Betar.Agents.Hiring;

namespace Betar.Agents.Tests.Support;

/// <summary>A market of the test.</summary>
internal sealed class TestMarket : IAgentMarket
{
    public List<HireOffer> Offers { get; } = [];

    public HireOutcome Bought { get; init; } = new("", "0", "", "BTR-4004", "Nobody is there.");

    public List<(string Agent, string Input)> Purchases { get; } = [];

    public List<(string Text, int Limit)> Searches { get; } = [];

    public ValueTask<IReadOnlyList<HireOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken)
    {
        Searches.Add((text, limit));
        return ValueTask.FromResult<IReadOnlyList<HireOffer>>(Offers);
    }

    public ValueTask<HireOffer?> QuoteAsync(string agent, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Offers.FirstOrDefault(offer => offer.Agent == agent));

    public ValueTask<HireOutcome> BuyAsync(string agent, string input, CancellationToken cancellationToken)
    {
        Purchases.Add((agent, input));
        return ValueTask.FromResult(Bought);
    }
}
