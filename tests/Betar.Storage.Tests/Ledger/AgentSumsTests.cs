using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Storage.WebSales;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.Tests.Ledger;

/// <summary>What an agent's sales came to: its own, of this token, by their ends.</summary>
public sealed class AgentSumsTests : IAsyncLifetime
{
    private const string Agent = "did:key:z6MkAlpha";

    private readonly TempFolder _folder = new();
    private BetarDatabase _database = null!;
    private int _next;

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_sold_nothing_earned_nothing() => Assert.Equal(new AgentSums(0, 0, 0, 0, 0), await SumsAsync());

    [Fact]
    public async Task Sales_are_added_up_by_their_ends()
    {
        await EndAsync(1_000, LedgerKind.Delivered);
        await EndAsync(1_000, LedgerKind.Delivered);
        await EndAsync(7, LedgerKind.Delivered);
        await EndAsync(300, LedgerKind.RefundOwed, LedgerKind.Refunded);
        await EndAsync(40, LedgerKind.RefundOwed);

        Assert.Equal(new AgentSums(3, 2_007, 300, 0, 0), await SumsAsync());
    }

    [Fact]
    public async Task Anothers_sales_and_another_tokens_are_not_counted()
    {
        await EndAsync(1_000, LedgerKind.Delivered);

        Assert.Equal(new AgentSums(0, 0, 0, 0, 0), await AgentSums.ReadAsync(_database, "did:key:z6MkBeta", NetworkId.BaseSepolia, TestOrders.Usdc, default));
        Assert.Equal(new AgentSums(0, 0, 0, 0, 0), await AgentSums.ReadAsync(_database, Agent, NetworkId.BaseSepolia, TestOrders.Payer(9), default));
        Assert.Equal(new AgentSums(0, 0, 0, 0, 0), await AgentSums.ReadAsync(_database, Agent, new NetworkId(1), TestOrders.Usdc, default));
    }

    [Fact]
    public async Task Of_sales_over_HTTP_what_was_kept_counts()
    {
        await SellAsync(100, 40);
        await SellAsync(100, 40);
        await SellAsync(100, 0);
        await SellAsync(100, null);

        Assert.Equal(new AgentSums(0, 0, 0, 2, 80), await SumsAsync());
    }

    [Fact]
    public async Task Sums_beyond_what_a_machine_word_holds_are_exact()
    {
        await EndAsync(ulong.MaxValue, LedgerKind.Delivered);
        await EndAsync(ulong.MaxValue, LedgerKind.Delivered);

        Assert.Equal(AtomicAmount.Parse("36893488147419103230"), (await SumsAsync()).Earned);
    }

    private Task<AgentSums> SumsAsync() => AgentSums.ReadAsync(_database, Agent, NetworkId.BaseSepolia, TestOrders.Usdc, default);

    private Task EndAsync(ulong amount, params LedgerKind[] ends) =>
        _database.Ledger.RunAsync(TestOrders.Payment(++_next), amount, [LedgerKind.Reserved, LedgerKind.Settled, .. ends]);

    private async Task SellAsync(ulong paid, int? kept)
    {
        var sales = new DurableWebSales(_database, TimeProvider.System);
        PaymentKey payment = TestOrders.Payment(++_next);
        await sales.PaidAsync(new PaidSale(payment, "exact", Agent, new OwedMoney(TestOrders.Usdc, payment.From, paid), TestOrders.Payer(2), "0xabc"), default);
        if (kept is { } units)
            await sales.KeptAsync(payment, (ulong)units, null, default);
    }
}
