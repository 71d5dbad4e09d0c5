using Betar.Storage.PaidRequests;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.PaidRequests;

public sealed class DurablePurchaseNamesTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private BetarDatabase _database = null!;

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
    public async Task A_name_is_one_payment_of_one_payer_for_a_day_and_over_a_crash()
    {
        var names = await OpenAsync(_database);
        Assert.True(await BindAsync(names, 1, "invoice", 1));

        await using var after = BetarDatabase.Open(Crash.Copy(_folder));
        var again = await OpenAsync(after);
        Assert.True(await BindAsync(again, 1, "invoice", 1));
        Assert.False(await BindAsync(again, 1, "invoice", 2));
        Assert.True(await BindAsync(again, 2, "invoice", 2));
        Assert.True(await BindAsync(again, 1, "Invoice", 2));
        _time.Advance(TimeSpan.FromHours(24));
        Assert.False(await BindAsync(again, 1, "invoice", 3));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await BindAsync(again, 1, "invoice", 3));
    }

    [Fact]
    public async Task Of_two_payments_at_once_one_has_the_name()
    {
        var names = await OpenAsync(_database);

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(payment => BindAsync(names, 1, "invoice", payment)));

        Assert.Single(all, bound => bound);
    }

    [Fact]
    public async Task A_full_table_refuses_new_names_and_knows_the_old_ones()
    {
        var names = await OpenAsync(_database, 2);
        Assert.True(await BindAsync(names, 1, "one", 1));
        Assert.True(await BindAsync(names, 1, "two", 2));

        Assert.False(await BindAsync(names, 1, "three", 3));
        Assert.True(await BindAsync(names, 1, "one", 1));
        Assert.False(await BindAsync(await OpenAsync(_database, 2), 1, "three", 3));
        _time.Advance(TimeSpan.FromHours(25));
        Assert.True(await BindAsync(names, 1, "three", 3));
    }

    private static Task<bool> BindAsync(DurablePurchaseNames names, int payer, string name, int payment) =>
        names.TryBindAsync(TestOrders.Payer(payer), name, TestOrders.Payment(payment), default);

    private Task<DurablePurchaseNames> OpenAsync(BetarDatabase database, int most = 100) =>
        DurablePurchaseNames.OpenAsync(database, new PaidRequestOptions { MaxNames = most }, _time, default);
}
