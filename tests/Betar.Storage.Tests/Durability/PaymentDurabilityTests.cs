using System.Globalization;
using Betar.Storage.Tests.Support;
using Betar.X402;
using Betar.X402.Facilitating;

namespace Betar.Storage.Tests.Durability;

/// <summary>Whatever a seller or a facilitator was told to be on disk is there after a kill and after a loss of power, between any two steps.</summary>
public sealed class PaymentDurabilityTests
{
    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(1, 10, 2)]
    [InlineData(1, 10, 3)]
    [InlineData(1, 10, 31)]
    [InlineData(8, 5, 100)]
    [InlineData(8, 5, int.MaxValue)]
    public async Task Every_acknowledged_step_survives(int callers, int payments, int killAfter)
    {
        using var run = CrasherRun.Kill(callers, payments, killAfter, verb: PaymentCrasher.Verb);
        await AssertAllThere(run, run.AfterPowerLoss());
        await AssertAllThere(run, run.Written);
    }

    [Fact]
    public void Each_step_of_a_lone_sale_costs_one_sync()
    {
        using var run = CrasherRun.Kill(1, 10, pages: 100_000, verb: PaymentCrasher.Verb);

        // Two begin the log and make the tables.
        Assert.Equal((90, 92), (Steps(run).Count(), run.Syncs("betar.db-wal")));
    }

    [Fact]
    public async Task A_disk_that_lies_about_syncs_is_noticed_by_these_tests()
    {
        using var run = CrasherRun.Kill(1, 10, fault: "BETAR_SHIM_LIE", value: 10, verb: PaymentCrasher.Verb);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AssertAllThere(run, run.AfterPowerLoss()));
    }

    [Fact]
    public async Task A_full_disk_refuses_steps_and_loses_none()
    {
        using var run = CrasherRun.Kill(4, 30, fault: "BETAR_SHIM_SPACE", value: 400_000, verb: PaymentCrasher.Verb);
        Assert.All(run.Failures, failure => Assert.Equal("DiskFull False", failure));
        Assert.NotEmpty(run.Failures);
        Assert.Contains("running", run.Lines);
        await AssertAllThere(run, run.AfterPowerLoss());
    }

    [Fact]
    public async Task A_failing_disk_stops_the_store_and_loses_no_step()
    {
        using var run = CrasherRun.Kill(4, 10, fault: "BETAR_SHIM_FAIL", value: 20, verb: PaymentCrasher.Verb);
        Assert.Contains("stopped", run.Lines);
        await AssertAllThere(run, run.AfterPowerLoss());
        await AssertAllThere(run, run.Written);
    }

    private static IEnumerable<(string Step, int Payment, int Caller, int Call)> Steps(CrasherRun run) => run.Lines.Select(line => line.Split(' '))
        .Where(words => words[0] == "ack").Select(words => (words[1], Number(words[2]), Number(words[3]), Number(words[4])));

    private static async Task AssertAllThere(CrasherRun run, string path)
    {
        await using var database = BetarDatabase.Open(path);
        var (store, book, channels, owed) = await PaymentCrasher.OpenAsync(database);
        var debts = (await owed.ListAsync(default)).Select(debt => debt.Payment).ToHashSet();
        var steps = Steps(run).ToList();
        foreach (var sale in steps.GroupBy(step => step.Payment))
        {
            var done = sale.Select(step => step.Step).ToHashSet();
            var key = TestOrders.Payment(sale.Key);
            var repeat = await book.BeginAsync(key, "mine", DateTimeOffset.UtcNow.AddHours(1), default);
            if (done.Contains("settled"))
                Assert.Equal(PaymentCrasher.Settled(sale.Key).Transaction, repeat.Response?.Transaction);
            else if (done.Contains("taken"))
                Assert.True(repeat == SettlementEntry.Resumed || repeat.Response is not null, "taken and lost");
            if (done.Contains("done"))
                Assert.DoesNotContain(key, debts);
            else if (done.Contains("begun") && !done.Contains("answered"))
                Assert.Contains(key, debts);
            Assert.True((await store.BeginAsync(key, TestOrders.NonceOf(-1).Value, default)).IsConflict, "tied and lost");
            var entry = await store.BeginAsync(key, TestOrders.NonceOf(sale.Key).Value, default);
            if (done.Contains("answered"))
                Assert.Equal(BitConverter.GetBytes(sale.Key), entry.Answer?.Body.ToArray());
            else if (done.Contains("prepared"))
                Assert.Equal(BitConverter.GetBytes(sale.Key), (entry.Prepared ?? entry.Answer)?.Body.ToArray());
        }

        foreach (var caller in steps.Where(step => step.Step == "charged").GroupBy(step => step.Caller))
        {
            var charged = (await channels.FindAsync(TestOrders.Channel(1_000_000 + caller.Key).Id, default))!.Charged;
            Assert.True(charged >= (AtomicAmount)(ulong)caller.Count(), $"{charged} of {caller.Count()} charges are there.");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
