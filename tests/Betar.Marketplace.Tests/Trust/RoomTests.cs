using System.Net;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Search;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;
using Betar.Orleans.Testing;

namespace Betar.Marketplace.Tests.Trust;

/// <summary>Who floods, fills its own share and nobody else's.</summary>
public sealed class RoomTests : IDisposable
{
    private readonly ManualTimeProvider _time = new(Somebody.Start);
    private readonly Somebody _seller = new(1);
    private readonly Somebody _other = new(2);
    private readonly Somebody _self = new(200);
    private readonly TrustOptions _options = new();

    public void Dispose()
    {
        _seller.Dispose();
        _other.Dispose();
        _self.Dispose();
    }

    [Fact]
    public void A_seller_has_so_many_listings()
    {
        _options.MaxPerSeller = 3;
        var view = View();
        for (var n = 0; n < 3; n++)
            Assert.True(view.SetRaw(_seller.Id($"a{n}"), Raw(_seller.Listing($"a{n}"))));

        Assert.False(view.SetRaw(_seller.Id("more"), Raw(_seller.Listing("more"))));
        Assert.Equal(RecordFault.OverQuota, view.Accept(_seller.Sign("more")));
        Assert.False(view.Hear(_seller.Peer, _seller.Id("more"), _seller.Listing("more"), WordSource.Announcement));
        Assert.Equal(RecordFault.None, view.Accept(_seller.Sign("a1")));
        Assert.True(view.SetRaw(_other.Id(), Raw(_other.Listing())));
        Assert.Equal(3, view.Refused);
    }

    [Fact]
    public void The_peers_of_a_group_bring_so_many_that_nobody_vouches_for()
    {
        _options.MaxHearsayPerGroup = 2;
        var view = View();
        var group = IPAddress.Parse("6.6.6.6");
        Assert.True(view.SetRaw("1", Raw(_seller.Listing() with { Id = "1" }), group));
        Assert.True(view.SetRaw(_seller.Id(), Raw(_seller.Listing()), group));

        Assert.False(view.SetRaw("3", Raw(_seller.Listing() with { Id = "3" }), group));
        Assert.True(view.SetRaw("4", Raw(_seller.Listing() with { Id = "4" }), IPAddress.Parse("7.7.7.7")));
        Assert.True(view.SetRaw("5", Raw(_seller.Listing() with { Id = "5" })));

        // The seller vouches for one of them: there is room for one more.
        Assert.Equal(RecordFault.None, view.Accept(_seller.Sign()));
        Assert.True(view.SetRaw("3", Raw(_seller.Listing() with { Id = "3" }), group));
        Assert.False(view.SetRaw("6", Raw(_seller.Listing() with { Id = "6" }), group));
    }

    [Fact]
    public void When_there_is_no_room_hearsay_goes_before_what_sellers_said_and_that_before_what_they_signed()
    {
        _options.MaxListings = 100;
        var view = View();
        view.Accept(_seller.Sign("signed"));
        view.Hear(_seller.Peer, _seller.Id("said"), _seller.Listing("said"), WordSource.Announcement);
        for (var n = 0; n < 1000; n++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            view.SetRaw($"flood-{n}", Raw(_other.Listing() with { Id = $"flood-{n}" }));
        }

        Assert.InRange(view.Count, 90, 100);
        Assert.NotNull(view.Find(_seller.Id("signed")));
        Assert.NotNull(view.Find(_seller.Id("said")));
        Assert.Null(view.Find("flood-0"));
        Assert.NotNull(view.Find("flood-999"));
        Assert.Equal(view.Count, view.Search(new SearchQuery { Limit = 500 }).Items.Count);
    }

    [Fact]
    public void Who_served_us_stays_before_who_did_not()
    {
        _options.MaxListings = 50;
        var view = View();
        for (var n = 0; n < 50; n++)
            view.Accept(_seller.Sign($"a{n}"));
        view.Contact(_seller.Id("a0"), true, TimeSpan.FromSeconds(1));

        for (var n = 0; n < 40; n++)
            view.Accept(_other.Sign($"b{n}"));

        Assert.NotNull(view.Find(_seller.Id("a0")));
    }

    [Fact]
    public void A_stake_may_weigh_more_than_anything()
    {
        _options.MaxListings = 50;
        var view = new MarketView(_self.Peer, _options, new Stake(_other.Peer.ToString()), _time);
        for (var n = 0; n < 25; n++)
            view.SetRaw($"staked-{n}", Raw(_other.Listing() with { Id = $"staked-{n}" }));
        for (var n = 0; n < 60; n++)
            view.Accept(_seller.Sign($"a{n}"));

        Assert.All(Enumerable.Range(0, 25), n => Assert.NotNull(view.Find($"staked-{n}")));
    }

    [Fact]
    public void Our_own_never_go()
    {
        _options.MaxListings = 10;
        var view = View();
        for (var n = 0; n < 30; n++)
            view.Accept(_self.Sign($"a{n}"));

        Assert.Equal(30, view.Count);
    }

    [Fact]
    public void What_is_forgotten_leaves_nothing_behind()
    {
        var view = View();
        for (var n = 0; n < 50; n++)
        {
            view.SetRaw($"{_seller.Peer}/{n}", Raw(_seller.Listing() with { Id = $"{_seller.Peer}/{n}" }), IPAddress.Loopback);
            view.Accept(_other.Sign($"b{n}"));
        }

        _time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(100, view.Sweep().Count);

        Assert.Equal(0, view.Count);
        Assert.Equal(0, view.Search(new SearchQuery()).Matches);
        Assert.Empty(view.RecordsAfter(default, "", 1 << 20, 1000).Records);
        Assert.Null(view.Find("0"));
    }

    [Theory]
    [InlineData(TrustLevel.Own, TrustLevel.Verified)]
    [InlineData(TrustLevel.Verified, TrustLevel.Attested)]
    [InlineData(TrustLevel.Attested, TrustLevel.Disputed)]
    [InlineData(TrustLevel.Disputed, TrustLevel.Hearsay)]
    [InlineData(TrustLevel.Hearsay, TrustLevel.Expired)]
    public void The_usual_weights_are_in_the_order_of_trust(TrustLevel heavier, TrustLevel lighter)
    {
        var weight = ExperienceWeight.Instance;

        Assert.True(weight.Of("s", heavier, 0) > weight.Of("s", lighter, 0));
        Assert.True(weight.Of("s", TrustLevel.Own, 0) > weight.Of("s", TrustLevel.Verified, long.MaxValue));
    }

    private MarketView View() => new(_self.Peer, _options, ExperienceWeight.Instance, _time);

    private RawListing Raw(Listing listing) =>
        new(ListingJson.Encode(listing), ListingLimits.Default, NodeId.Of([1]), 1, null, _time.GetUtcNow());

    private sealed class Stake(string staked) : IListingWeight
    {
        public long Of(string seller, TrustLevel trust, long successes) => seller == staked ? 1_000_000 : 1;
    }
}
