using System.Text.Json.Nodes;
using Betar.Benchmarks.Libp2p;
using Betar.Interop.Tests.Partner;

namespace Betar.Benchmarks.Marketplace.Peers;

/// <summary>Nodes of the marketplace, each in a process of its own on the loopback; all but the first know the first.</summary>
internal sealed class MarketFleet : IAsyncDisposable
{
    private readonly List<PartnerProcess> _processes = [];
    private PartnerNode[] _nodes = [];

    public int Count => _processes.Count;

    private string Bootstrap => _nodes[0].Address;

    public static async Task<MarketFleet> StartAsync(int count)
    {
        var fleet = new MarketFleet();
        for (int i = 0; i < count; i++)
            fleet._processes.Add(Libp2pPeers.StartOurs(MarketPeer.Verb));
        await fleet.RenewAsync();
        return fleet;
    }

    /// <summary>New nodes that know nobody, in the same processes.</summary>
    public async Task RenewAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        _nodes = await Task.WhenAll(_processes.Select(process => process.StartNodeAsync()));
    }

    /// <summary>Each publishes a listing and looks for the others. Answers how many milliseconds later all see all.</summary>
    public async Task<double> BeginAsync()
    {
        JsonObject[] published = await Task.WhenAll(_nodes.Select(node => node.AskAsync("publish", new { first = 0, count = 1, price = 1 })));
        object[] listings = [.. published.Select(answer => new { id = answer["ids"].Strings()[0], price = 1 })];
        await Task.WhenAll(_nodes.Select(node => node.AskAsync("expect", new { listings })));
        JsonObject[] begun = await Task.WhenAll(_nodes.Select((node, i) => node.AskAsync("discover", new { bootstrap = i == 0 ? "" : Bootstrap })));
        JsonObject[] seen = await Task.WhenAll(_nodes.Select(node => node.AskAsync("seen")));
        return seen.Max(At) - begun.Min(At);
    }

    /// <summary>One change after the other, each by the next node: when it was seen, at each of the others, shortest first.</summary>
    public async Task<double[]> ChangeAsync(int changes, int round)
    {
        List<double> times = [];
        for (int change = 0; change < changes; change++)
        {
            PartnerNode seller = _nodes[change % _nodes.Length];
            PartnerNode[] others = [.. _nodes.Where(node => node != seller)];
            int price = 10 + (round * changes) + change;
            string id = await ListingAsync(seller);
            await Task.WhenAll(others.Select(node => node.AskAsync("expect", new { listings = new[] { new { id, price } } })));
            double begin = At(await seller.AskAsync("publish", new { first = 0, count = 1, price }));
            JsonObject[] seen = await Task.WhenAll(others.Select(node => node.AskAsync("seen")));
            times.AddRange(seen.Select(answer => At(answer) - begin));
        }

        return [.. times.Order()];
    }

    /// <summary>The first sells so much, then the second looks for it. Answers how many milliseconds later it has all of it.</summary>
    public async Task<double> CatchUpAsync(int listings)
    {
        const int AtOnce = 1_000;
        const int Price = 7;
        List<object> expected = [];
        for (int first = 0; first < listings; first += AtOnce)
        {
            JsonObject published = await _nodes[0].AskAsync("publish", new { first, count = Math.Min(AtOnce, listings - first), price = Price });
            expected.AddRange(published["ids"].Strings().Select(id => new { id, price = Price }));
        }

        await _nodes[1].AskAsync("expect", new { listings = expected });
        double begin = At(await _nodes[1].AskAsync("discover", new { bootstrap = Bootstrap }));
        return At(await _nodes[1].AskAsync("seen")) - begin;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));

    private static double At(JsonObject answer) => answer["at"]!.GetValue<double>();

    private static async Task<string> ListingAsync(PartnerNode seller) => (await seller.AskAsync("ownListing")).Text("listing");
}
