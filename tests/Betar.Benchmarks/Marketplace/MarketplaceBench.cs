using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Marketplace;

/// <summary>The marketplace: how fast listings are found and what each costs to keep.</summary>
internal sealed class MarketplaceBench : IBench
{
    public string Name => "marketplace";

    public string Summary => "search in 100,000 listings, publication, memory per listing";

    public IReadOnlyList<string> Parts { get; } = [SearchFigures.Part];

    public async Task RunAsync(BenchContext context)
    {
        if (context.Wants(SearchFigures.Part))
            await SearchFigures.AddAsync(context);
    }
}
