using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Marketplace;

/// <summary>The marketplace: how fast listings are found and what each costs to keep, how fast others see them, and what carries them.</summary>
internal sealed class MarketplaceBench : IBench
{
    private static readonly (string Name, Func<BenchContext, Task> AddAsync)[] s_parts =
    [
        (SearchFigures.Part, SearchFigures.AddAsync),
        (MergeFigures.Part, MergeFigures.AddAsync),
        (GossipFigures.Part, GossipFigures.AddAsync),
        (BitswapFigures.Part, BitswapFigures.AddAsync),
        (VisibleFigures.Part, VisibleFigures.AddAsync),
        (CatchupFigures.Part, CatchupFigures.AddAsync),
        (HealFigures.Part, HealFigures.AddAsync),
        (TenFigures.Part, TenFigures.AddAsync),
        (RestartFigures.Part, RestartFigures.AddAsync),
    ];

    public string Name => "marketplace";

    public string Summary => "search, merge, catching up, changes seen by eight nodes, healing, starting again; gossip and bitswap beside js";

    public IReadOnlyList<string> Parts { get; } = [.. s_parts.Select(part => part.Name)];

    public async Task RunAsync(BenchContext context)
    {
        foreach ((string name, Func<BenchContext, Task> addAsync) in s_parts)
        {
            if (context.Wants(name))
                await addAsync(context);
        }
    }
}
