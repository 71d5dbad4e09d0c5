using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Fleet;
using Betar.Grains.Trading;
using Betar.Marketplace.Trust;
using Betar.Node.Peering;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Trading;
using Betar.Orleans.Testing;

namespace Betar.Node.Tests.Trading;

/// <summary>Whom a node's buyers may ask: the fleet first, then what the marketplace shows and allows.</summary>
public sealed class NodeDirectoryTests
{
    private const string Me = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

    private readonly OfferBook _offers = new();
    private readonly FakeMarket _market = new();
    private readonly ManualTimeProvider _clock = new();

    public NodeDirectoryTests() => _offers.Put(Spec("did:key:own", "mine"));

    [Theory]
    [InlineData("did:key:own")]
    [InlineData(Me + "/did:key:own")]
    [InlineData("mine")]
    public async Task Own_agents_are_found_by_id_and_by_name(string agent)
    {
        AgentOffer offer = (await FindAsync(agent)).Value!;

        Assert.Equal(("did:key:own", true, "own"), (offer.AgentId, offer.IsOwn, offer.Trust));
    }

    [Fact]
    public async Task A_strangers_listing_of_the_same_name_does_not_come_between()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:other", name: "mine"));

        Assert.True((await FindAsync("mine")).Value!.IsOwn);
    }

    [Fact]
    public async Task An_own_agents_id_under_another_peer_is_not_ours() =>
        Assert.Equal(RefusalCodes.UnknownAgent, (await FindAsync("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq/did:key:own")).Refusal?.Code);

    [Fact]
    public async Task Anothers_agent_is_offered_with_its_price_payee_and_where_its_seller_was_met()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:other") with { PayTo = "0xabc", Addresses = ["/ip4/10.0.0.1/tcp/1"] });

        AgentOffer offer = (await FindAsync("did:key:other")).Value!;

        Assert.Equal(("1000", "0xabc", "verified", false), (offer.PriceAtomic, offer.PayTo, offer.Trust, offer.IsOwn));
        Assert.Equal($"/ip4/127.0.0.1/tcp/4001/p2p/{offer.SellerId}", offer.Seller);
    }

    [Fact]
    public async Task A_seller_that_was_never_met_is_asked_where_its_listing_says()
    {
        _market.Listings.Add(FakeMarket.Listing("peer/did:key:other") with { Addresses = ["/ip4/10.0.0.1/tcp/1"] });

        AgentOffer offer = (await FindAsync("peer/did:key:other", reached: false)).Value!;

        Assert.Equal(("did:key:other", $"/ip4/10.0.0.1/tcp/1/p2p/{offer.SellerId}"), (offer.AgentId, offer.Seller));
    }

    [Fact]
    public async Task A_seller_of_whom_nobody_knows_where_it_is_cannot_be_reached()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:other"));

        Assert.Equal(RefusalCodes.SellerUnreachable, (await FindAsync("did:key:other", reached: false)).Refusal?.Code);
    }

    [Fact]
    public async Task A_name_that_only_one_agent_has_will_do()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:other", name: "echo"));
        _market.Listings.Add(FakeMarket.Listing("did:key:third", name: "echo two"));

        Assert.Equal("did:key:other", (await FindAsync("echo")).Value?.AgentId);
    }

    [Fact]
    public async Task A_name_that_two_agents_have_is_refused_with_their_ids()
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:other"));
        _market.Listings.Add(FakeMarket.Listing("did:key:third"));

        Refusal refusal = (await FindAsync("echo")).Refusal!;

        Assert.Equal("BTR-4020", refusal.Code);
        Assert.Contains("did:key:third", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrustLevel.Hearsay, true)]
    [InlineData(TrustLevel.Disputed, true)]
    [InlineData(TrustLevel.Expired, false)]
    public async Task What_nobody_signed_for_is_bought_only_by_who_accepts_that(TrustLevel trust, bool whenAccepted)
    {
        _market.Listings.Add(FakeMarket.Listing("did:key:other", trust));

        Assert.Equal(RefusalCodes.ListingUnverified, (await FindAsync("did:key:other")).Refusal?.Code);
        Assert.Equal(whenAccepted, (await FindAsync("did:key:other", acceptUnverified: true)).IsOk);
    }

    [Fact]
    public async Task Nobody_is_found_before_the_node_is_on_the_network_but_the_fleet()
    {
        var directory = new NodeDirectory(_offers, Me, () => null, (_, _) => throw new InvalidOperationException());

        Assert.Equal(RefusalCodes.UnknownAgent, (await directory.FindAsync("did:key:other", false, default)).Refusal?.Code);
        Assert.True((await directory.FindAsync("mine", false, default)).IsOk);
        Assert.Single(await directory.SearchAsync("min", 10, default));
    }

    [Fact]
    public async Task In_its_first_seconds_a_node_waits_for_who_is_paid()
    {
        var news = new FirstNews(_clock);
        news.Begin(new NetworkOptions().Settling);
        _market.Listings.Add(FakeMarket.Listing("did:key:other"));
        Task<Outcome<AgentOffer>> asked = Directory(news: news).FindAsync("did:key:other", false, default).AsTask();
        _market.Change(Heard());
        Assert.False(asked.IsCompleted);

        _market.Listings[0] = _market.Listings[0] with { PayTo = "0xabc" };
        _market.Change(Heard());

        Assert.Equal("0xabc", (await asked).Value?.PayTo);
    }

    [Fact]
    public async Task In_its_first_seconds_a_node_waits_for_an_agent_and_for_what_its_seller_signed()
    {
        var news = new FirstNews(_clock);
        news.Begin(new NetworkOptions().Settling);
        Task<Outcome<AgentOffer>> asked = Directory(news: news).FindAsync("did:key:other", false, default).AsTask();
        Assert.False(asked.IsCompleted);

        _market.Listings.Add(FakeMarket.Listing("did:key:other", TrustLevel.Hearsay) with { PayTo = "0xabc" });
        _market.Change(Heard());
        _market.Listings[0] = _market.Listings[0] with { Trust = TrustLevel.Verified };
        _market.Change(Heard());

        Assert.True((await asked).IsOk);
    }

    [Fact]
    public async Task Afterwards_what_a_node_does_not_know_it_says_at_once()
    {
        var news = new FirstNews(_clock);
        news.Begin(new NetworkOptions().Settling);
        Task<Outcome<AgentOffer>> asked = Directory(news: news).FindAsync("did:key:other", false, default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.False(asked.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(RefusalCodes.UnknownAgent, (await asked).Refusal?.Code);
        Assert.Equal(RefusalCodes.UnknownAgent, (await Directory(news: news).FindAsync("did:key:other", false, default)).Refusal?.Code);
    }

    [Fact]
    public async Task A_node_that_has_nobody_to_hear_from_waits_for_nothing_and_one_that_is_stopped_no_longer()
    {
        var (alone, waiting) = (new FirstNews(_clock), new FirstNews(_clock));
        alone.Begin(TimeSpan.Zero);
        Assert.Equal(RefusalCodes.UnknownAgent, (await Directory(news: alone).FindAsync("did:key:other", false, default)).Refusal?.Code);

        using var stop = new CancellationTokenSource();
        Task<Outcome<AgentOffer>> asked = Directory(news: waiting).FindAsync("did:key:other", false, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task A_search_shows_own_and_others_up_to_the_limit_and_nothing_that_has_expired()
    {
        _market.Listings.AddRange([FakeMarket.Listing("did:key:a"), FakeMarket.Listing("did:key:b", TrustLevel.Expired), FakeMarket.Listing("did:key:c")]);

        Assert.Equal(["did:key:own", "did:key:a", "did:key:c"], (await Directory().SearchAsync("", 10, default)).Select(offer => offer.AgentId));
        Assert.Equal(2, (await Directory().SearchAsync("", 2, default)).Count);
    }

    private static AgentSpec Spec(string id, string name) => new()
    {
        AgentId = id, Name = name, PriceAtomic = "5", PayTo = "0xme", ExecutorKind = "builtin", ExecutorTarget = "echo",
    };

    private static MarketChange Heard() => new("did:key:other", null);

    private NodeDirectory Directory(bool reached = true, FirstNews? news = null) =>
        new(_offers, Me, () => _market, (peer, token) => reached ? _market.AddressesAsync(peer, token) : Task.FromResult<IReadOnlyList<string>>([]), null, news);

    private ValueTask<Outcome<AgentOffer>> FindAsync(string agent, bool acceptUnverified = false, bool reached = true) =>
        Directory(reached).FindAsync(agent, acceptUnverified, default);
}
