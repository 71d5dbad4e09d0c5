using Betar.Storage.Orders;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using static Betar.Storage.Orders.MarketOrderStatus;

namespace Betar.Storage.Tests.Orders;

/// <summary>Orders of the marketplace's messages: durable, moved by the rules alone, bounded.</summary>
public sealed class MarketOrdersTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly MarketOrderOptions _options = new();
    private BetarDatabase _database = null!;

    private IMarketOrders Book => _database.MarketOrders;

    public Task InitializeAsync()
    {
        Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_order_is_there_after_a_restart_and_where_it_was()
    {
        await AddAsync("o1");
        _time.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync("o1", "seller", Accepted);
        await ReopenAsync();
        MarketOrder order = (await Book.FindAsync("o1", CancellationToken.None))!;
        Assert.Equal(
            ("did:a", "buyer", "seller", "1000", Accepted, _time.GetUtcNow()),
            (order.AgentId, order.BuyerId, order.SellerId, order.Price.ToString(), order.Status, order.Timestamp));
        Assert.Null(await Book.FindAsync("o2", CancellationToken.None));
    }

    [Theory]
    [InlineData(Completed)]
    [InlineData(Cancelled)]
    public async Task A_new_order_is_pending_whatever_it_says(MarketOrderStatus said)
    {
        MarketOrderOutcome outcome = await Book.AddAsync(Order("o1") with { Status = said }, own: false, CancellationToken.None);
        Assert.Equal(Pending, outcome.Order!.Status);
    }

    [Fact]
    public async Task The_same_order_again_changes_nothing()
    {
        await AddAsync("o1");
        await MoveAsync("o1", "seller", Accepted);
        Assert.Equal(Accepted, (await AddAsync("o1")).Order!.Status);
        Assert.Single(await Book.ListAsync(long.MaxValue, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Another_order_under_the_same_id_is_refused()
    {
        await AddAsync("o1");
        foreach (MarketOrder other in new[] { Order("o1") with { BuyerId = "thief" }, Order("o1") with { Price = 1 }, Order("o1") with { AgentId = "x" }, Order("o1") with { SellerId = "x" } })
            Assert.Equal(MarketOrderFault.Taken, (await Book.AddAsync(other, own: false, CancellationToken.None)).Fault);
        Assert.Equal("buyer", (await Book.FindAsync("o1", CancellationToken.None))!.BuyerId);
    }

    [Theory]
    [InlineData("seller", Accepted, Completed)]
    [InlineData("seller", Cancelled)]
    [InlineData("buyer", Cancelled)]
    [InlineData("seller", Accepted, Accepted, Cancelled, Cancelled)]
    public async Task Each_legal_way_can_be_gone(string by, params MarketOrderStatus[] way)
    {
        await AddAsync("o1");
        foreach (MarketOrderStatus next in way)
            Assert.Equal(next, (await MoveAsync("o1", by, next)).Order!.Status);
    }

    [Theory]
    [InlineData("seller", MarketOrderFault.WrongState, Completed)]
    [InlineData("seller", MarketOrderFault.WrongState, Accepted, Pending)]
    [InlineData("seller", MarketOrderFault.WrongState, Accepted, Completed, Cancelled)]
    [InlineData("seller", MarketOrderFault.WrongState, Accepted, Completed, Accepted)]
    [InlineData("buyer", MarketOrderFault.WrongState, Cancelled, Pending)]
    [InlineData("buyer", MarketOrderFault.NotYours, Accepted)]
    [InlineData("buyer", MarketOrderFault.NotYours, Completed)]
    [InlineData("stranger", MarketOrderFault.Unknown, Cancelled)]
    [InlineData("", MarketOrderFault.Unknown, Cancelled)]
    public async Task No_other_way_can(string by, MarketOrderFault fault, params MarketOrderStatus[] way)
    {
        await AddAsync("o1");
        foreach (MarketOrderStatus next in way[..^1])
            Assert.NotNull((await MoveAsync("o1", by, next)).Order);
        MarketOrder before = (await Book.FindAsync("o1", CancellationToken.None))!;
        Assert.Equal((null, fault), ((await MoveAsync("o1", by, way[^1])).Order, (await MoveAsync("o1", by, way[^1])).Fault!.Value));
        Assert.Equal(before, await Book.FindAsync("o1", CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_sides_who_end_it_at_once_one_wins()
    {
        await AddAsync("o1");
        await MoveAsync("o1", "seller", Accepted);
        MarketOrderOutcome[] ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn =>
            turn % 2 == 0 ? MoveAsync("o1", "seller", Completed) : MoveAsync("o1", "buyer", Cancelled)));
        MarketOrderStatus end = (await Book.FindAsync("o1", CancellationToken.None))!.Status;
        Assert.All(ends, outcome => Assert.True(outcome.Order?.Status == end || outcome.Fault == MarketOrderFault.WrongState));
    }

    [Fact]
    public async Task A_peer_has_so_many_open_orders_and_no_more()
    {
        _options.MaxOpenPerBuyer = 2;
        await AddAsync("o1");
        await AddAsync("o2");
        Assert.Equal(MarketOrderFault.TooManyOpen, (await AddAsync("o3")).Fault);
        Assert.NotNull((await Book.AddAsync(Order("o4") with { BuyerId = "other" }, own: false, CancellationToken.None)).Order);
        Assert.NotNull((await Book.AddAsync(Order("o5"), own: true, CancellationToken.None)).Order);
        await MoveAsync("o1", "buyer", Cancelled);
        await MoveAsync("o5", "buyer", Cancelled);
        Assert.NotNull((await AddAsync("o3")).Order);
    }

    [Fact]
    public async Task What_has_ended_makes_room_first_then_what_nobody_accepted_and_open_work_never()
    {
        _options.MaxOrders = 3;
        await AddAsync("pending");
        await AddAsync("accepted");
        await MoveAsync("accepted", "seller", Accepted);
        await AddAsync("ended");
        await MoveAsync("ended", "buyer", Cancelled);
        Assert.NotNull((await AddAsync("o4")).Order);
        Assert.Null(await Book.FindAsync("ended", CancellationToken.None));
        Assert.Equal(MarketOrderFault.Full, (await AddAsync("o5")).Fault);
        _time.Advance(_options.PendingLifetime + TimeSpan.FromSeconds(1));
        Assert.NotNull((await AddAsync("o5")).Order);
        Assert.Null(await Book.FindAsync("pending", CancellationToken.None));
        Assert.NotNull(await Book.FindAsync("accepted", CancellationToken.None));
    }

    [Fact]
    public async Task They_are_listed_newest_first_in_pages()
    {
        for (int order = 1; order <= 5; order++)
            await AddAsync($"o{order}");
        IReadOnlyList<MarketOrder> first = await Book.ListAsync(long.MaxValue, 2, CancellationToken.None);
        Assert.Equal(["o5", "o4"], first.Select(order => order.OrderId));
        Assert.Equal(["o3", "o2"], (await Book.ListAsync(first[^1].Sequence, 2, CancellationToken.None)).Select(order => order.OrderId));
    }

    [Theory]
    [InlineData("MaxOpenPerBuyer")]
    [InlineData("MaxOrders")]
    [InlineData("PendingLifetime")]
    public void An_option_out_of_its_range_is_named(string name)
    {
        var none = new MarketOrderOptions { MaxOpenPerBuyer = 0, MaxOrders = 0, PendingLifetime = TimeSpan.Zero };
        Assert.Contains(new BetarDatabaseOptions { MarketOrders = none }.Faults(), fault => fault.StartsWith(name + " is 0", StringComparison.Ordinal));
    }

    private static MarketOrder Order(string id) => new() { OrderId = id, AgentId = "did:a", BuyerId = "buyer", SellerId = "seller", Price = 1_000 };

    private Task<MarketOrderOutcome> AddAsync(string id) => Book.AddAsync(Order(id), own: false, CancellationToken.None).AsTask();

    private Task<MarketOrderOutcome> MoveAsync(string id, string by, MarketOrderStatus to) => Book.MoveAsync(id, by, to, CancellationToken.None).AsTask();

    private async Task ReopenAsync()
    {
        await _database.DisposeAsync();
        Open();
    }

    private void Open() => _database = BetarDatabase.Open(_folder.Database, new BetarDatabaseOptions { MarketOrders = _options }, _time);
}
