using Betar.Ethereum;
using Betar.Node.Cli.Paying;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary>Whom a seller's money goes to, over processes.</summary>
public sealed class SellerPinsTests : IDisposable
{
    private const string Seller = "https://seller.example";
    private static readonly Address One = Address.Parse("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
    private static readonly Address Two = Address.Parse("0x209693Bc6afc0C5328bA36FaF03C514EF312287C");
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private KnownPayees Payees => new(new DataFolder(_temp.Path));

    [Fact]
    public async Task The_first_one_named_is_the_only_one_from_then_on()
    {
        Assert.True(await Pins().AllowsAsync(Seller, One, default));
        Assert.True(await Pins().AllowsAsync(Seller, Two, default));
        Assert.True(await Pins().TryPinAsync(Seller, One, default));

        Assert.True(await Pins().AllowsAsync(Seller, One, default));
        Assert.False(await Pins().AllowsAsync(Seller, Two, default));
        Assert.False(await Pins().TryPinAsync(Seller, Two, default));
        Assert.True(await Pins().AllowsAsync("https://another.example", Two, default));
        Assert.Equal(One, Payees.Find(Seller).Value!.PayTo);
    }

    [Fact]
    public async Task Allowing_keeps_nothing()
    {
        await Pins().AllowsAsync(Seller, One, default);
        Assert.Null(Payees.Find(Seller).Value);
    }

    [Fact]
    public async Task The_one_that_the_purchase_names_is_kept_in_the_others_place_and_nobody_else_is_paid()
    {
        await Pins().TryPinAsync(Seller, One, default);
        Assert.False(await Pins(Two).TryPinAsync(Seller, One, default));
        Assert.True(await Pins(Two).TryPinAsync(Seller, Two, default));
        Assert.Equal(Two, Payees.Find(Seller).Value!.PayTo);
        Assert.False(await Pins().AllowsAsync(Seller, One, default));
    }

    [Fact]
    public async Task Of_many_first_purchases_at_once_all_go_to_the_same()
    {
        var pinned = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => (PayTo: i % 2 == 0 ? One : Two, IsPinned: await Pins().TryPinAsync(Seller, i % 2 == 0 ? One : Two, default)))));
        var kept = Payees.Find(Seller).Value!.PayTo;
        Assert.All(pinned, one => Assert.Equal(one.PayTo == kept, one.IsPinned));
    }

    [Fact]
    public async Task Another_payee_than_before_is_told_with_both_and_a_way_on()
    {
        await Pins().TryPinAsync(Seller, One, default);
        var pins = Pins();
        Assert.Null(pins.Changed("it"));
        await pins.AllowsAsync(Seller, Two, default);

        var changed = pins.Changed("it")!;

        Assert.Equal("BTR-3019", changed.Error.Code);
        Assert.Equal($"it was paid at {One} before and now names {Two}", changed.Detail);
    }

    [Fact]
    public async Task It_is_not_the_payee_when_one_of_the_offers_names_the_right_one()
    {
        await Pins().TryPinAsync(Seller, One, default);
        var pins = Pins();
        await pins.AllowsAsync(Seller, Two, default);
        await pins.AllowsAsync(Seller, One, default);
        Assert.Null(pins.Changed("it"));
    }

    [Fact]
    public async Task It_is_not_a_change_when_the_purchase_names_somebody()
    {
        await Pins().TryPinAsync(Seller, One, default);
        var pins = Pins(One);
        await pins.AllowsAsync(Seller, Two, default);
        Assert.Null(pins.Changed("it"));
    }

    [Fact]
    public async Task What_cannot_be_read_pays_nobody()
    {
        await Pins().TryPinAsync(Seller, One, default);
        await File.WriteAllTextAsync(Assert.Single(Directory.EnumerateFiles(Path.Combine(_temp.Path, "payees"))), "{}");
        await Assert.ThrowsAsync<CliRefusedException>(async () => await Pins().AllowsAsync(Seller, One, default));
        await Assert.ThrowsAsync<CliRefusedException>(async () => await Pins().TryPinAsync(Seller, One, default));
    }

    [Fact]
    public async Task An_agent_is_found_by_the_name_and_the_place_of_the_last_purchase()
    {
        await new SellerPins(Payees, null, "joker", "/ip4/127.0.0.1/tcp/1").TryPinAsync("peer/agent", One, default);
        await new SellerPins(Payees, null, "joker", "/ip4/127.0.0.1/tcp/2").TryPinAsync("peer/agent", One, default);
        Assert.Equal("/ip4/127.0.0.1/tcp/2", Assert.Single(Payees.FindAgents("joker").Value!).Where);
    }

    private SellerPins Pins(Address? named = null) => new(Payees, named, "", Seller + "/work");
}
