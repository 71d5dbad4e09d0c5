using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Libp2p.Identity;
using Betar.Marketplace;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Selling;

namespace Betar.Benchmarks.Marketplace;

/// <summary>100,000 signed listings of one node: how fast they are published, what each costs in memory, and how fast one is found.</summary>
internal static class SearchFigures
{
    public const string Part = "search";

    private const int Listings = 100_000;
    private const int Queries = 2_000;

    private static readonly string[] s_words = ["translate", "summarise", "image", "audio", "code", "law", "tax", "travel", "weather", "music"];

    public static async Task AddAsync(BenchContext context)
    {
        using var key = IdentityKey.Generate();
        int count = context.Repetitions(Listings, 10_000);
        await using var market = new MarketplaceNode(
            new MarketplaceParts
            {
                Identity = key,
                Network = new NoNetwork(key.PeerId),
                PubSub = new NoPubSub(),
                Replica = new NoReplica(),
                Blocks = new NoBlocks(),
                Source = new NoBlocks(),
                Store = new NoListingStore(),
            },
            new MarketplaceOptions());
        await market.StartAsync(CancellationToken.None);

        context.Say($"{count} listings signed, published and indexed");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long started = Stopwatch.GetTimestamp();
        foreach (var part in Enumerable.Range(0, count).Chunk(1_000))
            await market.PublishAsync([.. part.Select(n => OfferOf(key, n))], CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        context.Add("market.publish", "1/s", [count / seconds], Goal.AtLeast(Listings / 60.0), null, "signed, kept, written to a set that does nothing, indexed; one round");
        context.Add("market.listing-memory", "B", [(double)memory / count], Goal.AtMost(4096), null, "a listing of our own with its signed record and its words; one round");

        context.Say("searches");
        List<double> slowest = [], usual = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            double[] times = [.. Enumerable.Range(0, context.Repetitions(Queries, 200)).Select(n => Milliseconds(market, QueryOf(n))).Order()];
            if (round < 0)
                continue;
            slowest.Add(times[times.Length * 99 / 100]);
            usual.Add(times[times.Length / 2]);
        }

        context.Add("market.search-p99", "ms", slowest, Goal.AtMost(5), null, "words, tags, price, network, life, or nothing at all; 50 of a page");
        context.Add("market.search-p50", "ms", usual);
    }

    private static double Milliseconds(MarketplaceNode market, SearchQuery query)
    {
        long started = Stopwatch.GetTimestamp();
        SearchPage page = market.Search(query);
        double elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return page.Fault == SearchFault.None ? elapsed : throw new InvalidOperationException("A search was refused.");
    }

    private static SearchQuery QueryOf(int n) => (n % 8) switch
    {
        0 => new SearchQuery { Text = s_words[n % s_words.Length] },
        1 => new SearchQuery { Text = $"{s_words[n % s_words.Length]} {s_words[(n + 3) % s_words.Length]}", Sort = SearchSort.Latency },
        2 => new SearchQuery { Tags = [s_words[n % s_words.Length]], MaxPrice = 500 },
        3 => new SearchQuery { Text = $"agent {n * 37 % Listings}" },
        4 => new SearchQuery { Network = "eip155:84532", MinPrice = 100, MaxPrice = 120, AliveOnly = true },
        5 => new SearchQuery { Text = "agent", Sort = SearchSort.Success },
        6 => new SearchQuery { Text = "nowhere" },
        _ => new SearchQuery(),
    };

    private static ListingOffer OfferOf(IdentityKey key, int n)
    {
        string name = $"agent {n}", word = s_words[n % s_words.Length];
        return new ListingOffer
        {
            Id = AgentDid.Derive(name, key.PublicKey.Data.Span),
            Name = name,
            Description = $"Does {word} and {s_words[n * 7 % s_words.Length]}.",
            Price = (ulong)(n % 1_000),
            Payee = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            Network = "eip155:84532",
            Token = "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
            Addresses = ["/ip4/192.0.2.1/tcp/4001"],
            Protocols = ["/x402/libp2p/1.0.0"],
            Skills = [new ListingSkill(word, word, "", [word])],
        };
    }
}
