using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Listings;
using Betar.Marketplace.Selling;

namespace Betar.Cluster.Tests.Listings;

public sealed class ListingGrainTests
{
    [Fact]
    public async Task What_the_fleet_declares_is_listed_and_what_it_retires_is_delisted()
    {
        await using World world = await World.StartAsync();
        world.Executors.Add("work", TestExecutor.Echo());
        TestMarket market = await OpenAsync(world);
        await market.Tried.WaitAsync();

        await world.DeclareAsync(World.Spec(world));
        await market.Tried.WaitAsync();
        Assert.Equal("1000", market.OfferOf(World.Agent)!.Price.ToString());
        await world.DeclareAsync(World.Spec(world, price: 7));
        await market.Tried.WaitAsync();
        Assert.Equal("7", market.OfferOf(World.Agent)!.Price.ToString());

        await world.Fleet.Retire(World.Agent);
        Assert.Null(market.OfferOf(World.Agent));
        ListingReceipt receipt = (await Listing(world).GetReceipt())!;
        Assert.True(receipt.IsDelisted);
        Assert.False((await Listing(world).GetStatus()).IsListed);
    }

    [Fact]
    public async Task A_node_without_a_marketplace_lists_nothing_and_says_so()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;

        Assert.Equal(new ListingStatus { AgentId = World.Agent, Reason = "This node takes no part in the marketplace." }, await Listing(world).Publish());
        Assert.Equal("This node takes no part in the marketplace.", (await Listing(world).GetStatus()).Reason);
        Assert.False(await Listing(world).Delist());
        Assert.Null(await Listing(world).GetReceipt());
    }

    [Fact]
    public async Task When_the_marketplace_comes_up_the_fleet_is_listed_in_one_publication_and_what_is_gone_is_taken_back()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        await world.DeclareAsync(World.Spec(world, "did:test:second"));
        var market = new TestMarket();
        await market.PublishAsync([OfferOf(World.Spec(world, "did:test:gone"))], CancellationToken.None);

        await OpenAsync(world, market);

        Assert.Equal([1, 2], market.Publications);
        Assert.NotNull(market.OfferOf(World.Agent));
        Assert.NotNull(market.OfferOf("did:test:second"));
        Assert.Null(market.OfferOf("did:test:gone"));
    }

    [Fact]
    public async Task Agents_that_are_published_in_the_same_moment_are_published_together()
    {
        await using World world = await World.StartAsync();
        world.Executors.Add("work", TestExecutor.Echo());
        var ids = Enumerable.Range(0, 50).Select(n => $"did:test:{n}").ToList();
        foreach (string id in ids)
            await world.DeclareAsync(World.Spec(world, id));
        TestMarket market = await OpenAsync(world);
        market.Publications.Clear();

        ListingStatus[] statuses = await Task.WhenAll(ids.Select(id => world.Grains.GetGrain<IListingGrain>(id).Publish()));

        Assert.All(statuses, status => Assert.True(status.IsListed && status.Version == 2));
        Assert.Equal(50, market.Publications.Sum());
        Assert.InRange(market.Publications.Count, 1, 49);
    }

    [Fact]
    public async Task Of_two_offers_of_one_agent_in_the_same_moment_the_later_one_counts()
    {
        await using World world = await World.StartAsync();
        TestMarket market = await OpenAsync(world);

        await Task.WhenAll(world.Listings.PublishAsync(World.Spec(world, price: 1)), world.Listings.PublishAsync(World.Spec(world, price: 2)));

        Assert.Equal("2", market.OfferOf(World.Agent)!.Price.ToString());
    }

    [Fact]
    public async Task A_refusal_is_a_value_and_a_renewal_is_a_version()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestMarket market = await OpenAsync(world);

        Assert.Equal(2ul, (await Listing(world).Renew()).Version);
        market.Refusal = "Nobody would believe this record.";
        Assert.Equal("Nobody would believe this record.", (await Listing(world).Publish()).Reason);
        ListingReceipt receipt = (await Listing(world).GetReceipt())!;
        Assert.Equal((TestMarket.Holder.ToString(), TestMarket.Issued), (receipt.Holders[0].Peer, receipt.Holders[0].Since));
    }

    [Fact]
    public async Task Who_waits_hears_of_the_fault_and_the_fleet_does_not()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestMarket market = await OpenAsync(world);
        market.Fault = new IOException("The disk is full.");

        await Assert.ThrowsAnyAsync<Exception>(() => Listing(world).Publish());
        await world.DeclareAsync(World.Spec(world, price: 3));
        market.Fault = null;
        Assert.True((await Listing(world).Publish()).IsListed);
    }

    [Fact]
    public async Task An_agent_that_is_not_declared_is_not_listed()
    {
        await using World world = await World.StartAsync();
        TestMarket market = await OpenAsync(world);
        await market.PublishAsync([OfferOf(World.Spec(world))], CancellationToken.None);

        Assert.Equal("The agent is not declared.", (await Listing(world).Publish()).Reason);
        Assert.Null(market.OfferOf(World.Agent));
        world.Listings.Close();
        Assert.False(world.Listings.IsOpen);
    }

    private static IListingGrain Listing(World world) => world.Grains.GetGrain<IListingGrain>(World.Agent);

    private static async Task<TestMarket> OpenAsync(World world, TestMarket? market = null)
    {
        market ??= new TestMarket();
        await world.Listings.OpenAsync(market, OfferOf, world.Offers.All);
        return market;
    }

    private static ListingOffer OfferOf(AgentSpec spec) => new()
    {
        Id = spec.AgentId, Name = spec.Name, Price = spec.Price, Payee = spec.PayTo, Network = "eip155:84532", Token = "0x0",
    };
}
