using Betar.Ethereum;
using Betar.Storage.PaidRequests;
using Betar.Storage.Tests.Support;
using Betar.Storage.WebSales;
using Betar.Tests.Shared;
using Betar.X402;
using Betar.X402.Selling;
using Betar.X402.Wire;

namespace Betar.Storage.Tests.WebSales;

/// <summary>The book of what was sold over HTTP: what was paid, kept, owed and paid back, after every step that a process can die behind.</summary>
public sealed class DurableWebSalesTests : IAsyncLifetime
{
    private static readonly Address s_token = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    private static readonly Address s_seller = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");
    private static readonly UsedTokens s_usage = new(13, 3, "served");

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;
    private DurableWebSales _sales = null!;
    private DurableOwedWork _owed = null!;

    public async Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        _sales = new DurableWebSales(_database, _time);
        _owed = await DurableOwedWork.OpenAsync(_database, _time, default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_sale_is_settled_then_delivered_and_said_again_it_is_the_same()
    {
        PaidSale sale = Sale(1, 100);
        await _sales.PaidAsync(sale, default);
        await CheckAsync(1, WebSaleState.Settled, null, 0);

        await _sales.KeptAsync(sale.Payment, 100, s_usage, default);
        await _sales.PaidAsync(Sale(1, 7), default);
        await _sales.KeptAsync(sale.Payment, 7, null, default);

        await CheckAsync(1, WebSaleState.Delivered, 100, 0);
        WebSale read = Assert.Single(await AllAsync());
        Assert.Equal((sale, s_usage, _time.GetUtcNow()), (read.Sale, read.Usage, read.At));
    }

    [Fact]
    public async Task A_rest_is_owed_and_then_paid_back()
    {
        await BeginAsync(1, 100);
        await CheckAsync(1, WebSaleState.Settled, null, 0);
        await _owed.OweAsync(TestOrders.Payment(1), Debt(1, 60), "/x", default);
        await _sales.KeptAsync(TestOrders.Payment(1), 40, s_usage, default);
        await CheckAsync(1, WebSaleState.RestOwed, 40, 60);

        await _owed.PaidBackAsync(TestOrders.Payment(1), "0xdef", default);

        await CheckAsync(1, WebSaleState.RestPaidBack, 40, 60);
        Assert.Equal("0xdef", Assert.Single(await AllAsync()).PaidBack);
    }

    [Fact]
    public async Task Work_that_failed_is_owed_whole_and_so_is_work_that_a_crash_ended()
    {
        await BeginAsync(1, 100);
        await BeginAsync(2, 100);
        await _owed.OweAsync(TestOrders.Payment(1), Debt(1, 100), "/x", default);
        await _sales.KeptAsync(TestOrders.Payment(1), 0, null, default);
        await CheckAsync(1, WebSaleState.RefundOwed, 0, 100);

        _owed = await DurableOwedWork.OpenAsync(_database, _time, default);

        await CheckAsync(2, WebSaleState.RefundOwed, null, 100);
        await _owed.PaidBackAsync(TestOrders.Payment(1), "0xdef", default);
        await CheckAsync(1, WebSaleState.Refunded, 0, 100);
    }

    [Fact]
    public async Task Units_that_are_nowhere_are_noticed()
    {
        await BeginAsync(1, 100);
        await _owed.OweAsync(TestOrders.Payment(1), Debt(1, 59), "/x", default);
        await _sales.KeptAsync(TestOrders.Payment(1), 40, s_usage, default);
        Assert.False(Assert.Single(await AllAsync()).IsConserved);
    }

    [Fact]
    public async Task Pages_go_from_the_newest_to_the_oldest()
    {
        for (int number = 1; number <= 5; number++)
            await _sales.PaidAsync(Sale(number, 100), default);

        IReadOnlyList<WebSale> first = await DurableWebSales.ReadAsync(_database, new WebSaleQuery { Limit = 2 }, default);
        IReadOnlyList<WebSale> second = await DurableWebSales.ReadAsync(_database, new WebSaleQuery { Limit = 2, After = first[^1].Id }, default);

        Assert.Equal([5, 4, 3, 2], first.Concat(second).Select(sale => sale.Id));
        Assert.Equal(5, (await AllAsync()).Count);
        Assert.Equal(3, Assert.Single(await DurableWebSales.ReadAsync(_database, new WebSaleQuery { Payment = TestOrders.Payment(3) }, default)).Id);
        Assert.Empty(await DurableWebSales.ReadAsync(_database, new WebSaleQuery { Payment = TestOrders.Payment(6) }, default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_has_bounds(int limit) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DurableWebSales.ReadAsync(_database, new WebSaleQuery { Limit = limit }, default));

    private async Task BeginAsync(int number, ulong paid)
    {
        await _sales.PaidAsync(Sale(number, paid), default);
        await _owed.BeginAsync(TestOrders.Payment(number), Debt(number, paid), "/x", default);
    }

    private async Task CheckAsync(int number, WebSaleState state, int? kept, int goesBack)
    {
        WebSale sale = Assert.Single(await DurableWebSales.ReadAsync(_database, new WebSaleQuery { Payment = TestOrders.Payment(number) }, default));
        Assert.Equal((state, kept is { } units ? (AtomicAmount?)(ulong)units : null, (AtomicAmount)(ulong)goesBack, true), (sale.State, sale.Kept, sale.GoesBack, sale.IsConserved));
    }

    private Task<IReadOnlyList<WebSale>> AllAsync() => DurableWebSales.ReadAllAsync(_database, default);

    private static PaidSale Sale(int number, ulong paid) =>
        new(TestOrders.Payment(number), "exact", "did:a", new OwedMoney(s_token, TestOrders.Payment(number).From, paid), s_seller, "0xabc");

    private static SettleResponse Debt(int number, ulong owed) =>
        new OwedMoney(s_token, TestOrders.Payment(number).From, owed).Beside(new SettleResponse { Success = true, Transaction = "0xabc", Network = "eip155:84532" });
}
