using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;

namespace Betar.Cluster.Tests.Buying;

public sealed class BudgetTests : IAsyncLifetime
{
    private World _world = null!;

    private IBudgetGrain Budget => _world.Grains.GetGrain<IBudgetGrain>("wallet");

    public async Task InitializeAsync() => _world = await World.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task What_is_set_aside_and_spent_adds_up_and_never_passes_the_day()
    {
        await Budget.SetPolicy(Policy(day: 100));

        await AssertOk("p-1", 60);
        await AssertRefused("p-2", 41, RefusalCodes.BudgetPerDay);
        await Budget.Commit("p-1");
        await AssertRefused("p-2", 41, RefusalCodes.BudgetPerDay);
        await AssertOk("p-2", 40);
        await AssertStatus(spent: 60, reserved: 40);
    }

    [Fact]
    public async Task What_one_payee_got_in_one_minute_adds_up()
    {
        await Budget.SetPolicy(Policy(day: 100));
        foreach (string purchase in new[] { "p-1", "p-2", "p-3" })
        {
            await AssertOk(purchase, 30);
            await Budget.Commit(purchase);
        }

        await AssertStatus(spent: 90, reserved: 0);
        await AssertRefused("p-4", 11, RefusalCodes.BudgetPerDay);
    }

    [Fact]
    public async Task The_day_rolls()
    {
        await Budget.SetPolicy(Policy(day: 100));
        await AssertOk("p-1", 60);
        await Budget.Commit("p-1");
        _world.Clock.Advance(TimeSpan.FromHours(12));
        await AssertOk("p-2", 40);
        await Budget.Commit("p-2");

        _world.Clock.Advance(TimeSpan.FromHours(12));
        await AssertRefused("p-3", 60, RefusalCodes.BudgetPerDay);
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await AssertOk("p-3", 60);
        await AssertRefused("p-4", 1, RefusalCodes.BudgetPerDay);
        _world.Clock.Advance(TimeSpan.FromHours(12));
        await AssertOk("p-4", 40);
    }

    [Fact]
    public async Task One_task_and_one_payee_have_limits_of_their_own()
    {
        await Budget.SetPolicy(Policy(task: 50, day: 1_000, peer: 70));

        await AssertRefused("p-1", 51, RefusalCodes.BudgetPerTask);
        await AssertOk("p-1", 50);
        await AssertRefused("p-2", 21, RefusalCodes.BudgetPerPeer);
        await AssertOk("p-2", 20);
        await AssertOk("p-3", 50, payee: "another");
    }

    [Fact]
    public async Task The_same_purchase_is_counted_once_however_often_it_asks()
    {
        await Budget.SetPolicy(Policy(day: 100));

        for (int i = 0; i < 5; i++)
            await AssertOk("p-1", 60);
        await AssertStatus(spent: 0, reserved: 60);
        await Budget.Commit("p-1");
        await Budget.Commit("p-1");
        await AssertStatus(spent: 60, reserved: 0);
    }

    [Fact]
    public async Task A_yes_stands_when_the_policy_is_tightened_after_it()
    {
        await Budget.SetPolicy(Policy(day: 100));
        await AssertOk("p-1", 60);

        await Budget.SetPolicy(Policy(day: 50));

        await AssertOk("p-1", 60);
        await AssertRefused("p-2", 1, RefusalCodes.BudgetPerDay);
    }

    [Fact]
    public async Task A_purchase_that_asks_for_more_than_before_is_weighed_anew()
    {
        await Budget.SetPolicy(Policy(day: 100));
        await AssertOk("p-1", 60);

        await AssertRefused("p-1", 101, RefusalCodes.BudgetPerDay);
        await AssertStatus(spent: 0, reserved: 0);
        await AssertOk("p-1", 100);
        await AssertStatus(spent: 0, reserved: 100);
    }

    [Fact]
    public async Task What_is_released_is_free_again_and_what_was_spent_is_not()
    {
        await Budget.SetPolicy(Policy(day: 100));
        await AssertOk("p-1", 100);
        await Budget.Release("p-1");
        await AssertOk("p-2", 100);
        await Budget.Commit("p-2");

        await Budget.Release("p-2");
        await Budget.Commit("never asked");

        await AssertStatus(spent: 100, reserved: 0);
    }

    [Fact]
    public async Task A_mandate_covers_its_sum_until_it_expires()
    {
        Assert.Equal(Mandate(limit: 100).MandateId, (await Budget.Grant(Mandate(limit: 100))).Value!.MandateId);

        await AssertOk("p-1", 60, mandate: "m");
        await Budget.Commit("p-1");
        await AssertRefused("p-2", 41, RefusalCodes.MandateInvalid, mandate: "m");
        _world.Clock.Advance(TimeSpan.FromDays(5));
        await AssertRefused("p-2", 41, RefusalCodes.MandateInvalid, mandate: "m");
        await AssertOk("p-2", 40, mandate: "m");
        await Budget.Release("p-2");

        _world.Clock.Advance(TimeSpan.FromDays(5));
        await AssertRefused("p-3", 1, RefusalCodes.MandateInvalid, mandate: "m");
        await AssertOk("p-3", 1);
    }

    [Fact]
    public async Task A_revoked_mandate_covers_nothing()
    {
        await Budget.Grant(Mandate(limit: 100));
        await AssertOk("p-1", 1, mandate: "m");

        Assert.True(await Budget.Revoke("m"));
        Assert.False(await Budget.Revoke("m"));
        Assert.False(await Budget.Revoke("none"));

        await AssertRefused("p-2", 1, RefusalCodes.MandateInvalid, mandate: "m");
        await AssertRefused("p-2", 1, RefusalCodes.MandateInvalid, mandate: "none");
    }

    [Fact]
    public async Task A_mandate_does_not_lift_the_owners_own_limits()
    {
        await Budget.SetPolicy(Policy(task: 50));
        await Budget.Grant(Mandate(limit: 1_000));

        await AssertRefused("p-1", 51, RefusalCodes.BudgetPerTask, mandate: "m");
    }

    [Fact]
    public async Task What_was_given_back_by_a_refusal_is_given_back_for_good()
    {
        await Budget.SetPolicy(Policy(day: 100));
        await AssertOk("p-1", 60);
        await AssertRefused("p-1", 101, RefusalCodes.BudgetPerDay);
        await _world.RestartAsync();
        await AssertStatus(spent: 0, reserved: 0);
    }

    [Fact]
    public async Task Everything_outlives_the_silo()
    {
        await Budget.SetPolicy(Policy(day: 100));
        await Budget.Grant(Mandate(limit: 50));
        await AssertOk("p-1", 60);
        await AssertOk("p-2", 20, mandate: "m");
        await Budget.Commit("p-1");

        await _world.RestartAsync();

        await AssertStatus(spent: 60, reserved: 20);
        await AssertRefused("p-3", 21, RefusalCodes.BudgetPerDay);
        await AssertRefused("p-3", 31, RefusalCodes.BudgetPerDay, mandate: "m");
        await AssertOk("p-2", 20, mandate: "m");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("01")]
    [InlineData("ten")]
    public async Task What_is_no_amount_is_refused_everywhere(string amount)
    {
        Assert.Equal(RefusalCodes.AmountWrong, (await Budget.SetPolicy(new SpendingPolicy { PerDay = amount })).Refusal?.Code);
        Assert.Equal(RefusalCodes.AmountWrong, (await Budget.Grant(Mandate(0) with { Limit = amount })).Refusal?.Code);
        Outcome<SpendRequest> asked = await Budget.Reserve(new SpendRequest { PurchaseId = "p", Payee = "x", Amount = amount });
        Assert.Equal(RefusalCodes.AmountWrong, asked.Refusal?.Code);
        Assert.Equal(new SpendingPolicy(), (await Budget.GetStatus()).Policy);
    }

    private static SpendingPolicy Policy(ulong task = 1_000, ulong day = 1_000, ulong peer = 1_000) =>
        new() { PerTask = $"{task}", PerDay = $"{day}", PerPeer = $"{peer}" };

    private Mandate Mandate(ulong limit) =>
        new() { MandateId = "m", Limit = $"{limit}", Expires = _world.Clock.GetUtcNow().AddDays(10) };

    private Task<Outcome<SpendRequest>> Reserve(string id, ulong amount, string payee, string mandate) =>
        Budget.Reserve(new SpendRequest { PurchaseId = id, Payee = payee, Amount = $"{amount}", MandateId = mandate });

    private async Task AssertOk(string id, ulong amount, string payee = "payee", string mandate = "")
    {
        Outcome<SpendRequest> outcome = await Reserve(id, amount, payee, mandate);
        Assert.True(outcome.IsOk, outcome.Refusal?.Message);
    }

    private async Task AssertRefused(string id, ulong amount, string code, string mandate = "") =>
        Assert.Equal(code, (await Reserve(id, amount, "payee", mandate)).Refusal?.Code);

    private async Task AssertStatus(ulong spent, ulong reserved)
    {
        BudgetStatus status = await Budget.GetStatus();
        Assert.Equal(($"{spent}", $"{reserved}"), (status.SpentToday, status.Reserved));
    }
}
