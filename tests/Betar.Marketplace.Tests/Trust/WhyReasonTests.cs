using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Trust;

/// <summary>Every state that a listing can be in has its sentence, also where nothing is seen any more.</summary>
public sealed class WhyReasonTests
{
    private const string Deleted = "Somebody else deleted it from the replicated set; that counts for nothing here.";

    [Fact]
    public void Of_a_signed_one_whose_time_is_over() => MarketWorld.Run(async world =>
    {
        var (seller, buyer) = (await world.AddAsync(1, Slow), await world.AddAsync(2, Slow));
        var id = (await seller.PublishAsync()).Id;
        await seller.StopAsync();
        await world.PassAsync(TimeSpan.FromDays(7.01));

        var why = (await buyer.WhyAsync(id))!;
        Assert.Equal((true, TrustLevel.Expired), (why.IsVisible, why.Trust));
        Assert.Equal(["The seller's signature holds, but what it signed has expired."], why.Reasons);
    });

    [Fact]
    public void Of_an_unsigned_one_that_its_seller_took_back() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing());
        await world.Topics.SayAsync(original.Peer, new Announcement(AnnouncementKind.Delist, original.Listing()).Encode());

        var why = (await buyer.WhyAsync(original.Id()))!;
        Assert.Equal((false, true), (why.IsVisible, why.IsWithdrawn));
        Assert.Equal("The seller has taken it back.", why.Reasons[0]);
    });

    [Fact]
    public void Of_an_unsigned_one_whose_seller_fell_silent() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1, Slow);
        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing());
        await world.PassAsync(TimeSpan.FromHours(25));

        Assert.Equal(
            ["It is not signed; the seller itself said so (it announced it).", "The seller has not been heard for too long."], (await buyer.WhyAsync(original.Id()))!.Reasons);
    });

    [Fact]
    public void Of_one_that_others_wrote_and_deleted_again() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var (buyer, other) = (await world.AddAsync(1), await world.AddAsync(2));
        other.Replica.Put(original.Listing());
        other.Replica.Delete(original.Id());

        var why = (await buyer.WhyAsync(original.Id()))!;
        Assert.False(why.IsVisible);
        Assert.Equal("Nobody lists it.", why.Reasons[0]);
    });

    [Fact]
    public void Of_ones_own_that_others_deleted() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        liar.Replica.Delete(id);

        Assert.Equal(["This node sells it.", Deleted], (await seller.WhyAsync(id))!.Reasons);
    });

    [Fact]
    public void Of_an_attested_one_that_others_deleted() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        await original.SayAsync(world, buyer, WordSource.Head, original.Listing());
        buyer.Replica.Delete(original.Id());

        var why = (await buyer.WhyAsync(original.Id()))!;
        Assert.Equal((TrustLevel.Disputed, true, Deleted), (why.Trust, why.IsContested, why.Reasons[^1]));
    });

    private static void Slow(MarketplaceOptions options) => options.TendInterval = TimeSpan.FromMinutes(5);
}
