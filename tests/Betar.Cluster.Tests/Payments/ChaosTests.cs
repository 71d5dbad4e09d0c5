using System.Collections.Concurrent;
using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Storage.Ledger;
using Betar.Tests.Shared;
using Betar.X402.Protocol;
using Orleans.TestingHost;
using Xunit.Abstractions;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Purchases while silos die and the chain fails: every order has one end, and the money adds up.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Buyers = 8;
    private const int PurchasesEach = 25;
    private const int ActionEvery = 8;
    private const int MaxShows = 20;
    private const ulong Float = 1_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_order_has_one_end_and_the_chain_agrees_with_the_ledger(bool idempotent)
    {
        int seed = TestSeed.Value;
        output.WriteLine($"seed {seed}");
        var starts = new ConcurrentDictionary<string, int>();
        (World world, TestExecutor _) = await World.WithAgentAsync(
            Unreliable(starts, idempotent),
            new WorldOptions
            {
                Silos = 3,
                RecoveryInterval = TimeSpan.FromMilliseconds(100),
                ReceiptTimeout = TimeSpan.FromSeconds(1),
                RefundFloat = Float,
            });
        await using World __ = world;
        var chaos = new Chaos(world, seed);
        TestBuyer[] buyers = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(i => world.BuyerAsync($"peer-{i}")));

        List<PaidRequest>[] shown = await Task.WhenAll(buyers.Select((buyer, i) => Task.Run(() => BuyManyAsync(buyer, i, chaos))));
        await chaos.EndAsync();
        await world.Ledger.UntilAllEndedAsync();

        await AssertSumsAsync(world, buyers);
        for (int i = 0; i < buyers.Length; i++)
            await AssertEndsAsync(buyers[i], shown[i]);
        if (!idempotent)
            Assert.All(starts, start => Assert.Equal(1, start.Value));
    }

    /// <summary>Shows each payment until it has an end; a buyer whom nobody can tell goes on, and leaves the order to recovery.</summary>
    private static async Task<List<PaidRequest>> BuyManyAsync(TestBuyer buyer, int number, Chaos chaos)
    {
        List<PaidRequest> payments = [];
        for (int i = 0; i < PurchasesEach; i++)
        {
            PaidRequest payment = await buyer.SignAsync($"{number}-{i}");
            payments.Add(payment);
            bool ended = false;
            for (int show = 0; show < MaxShows && !ended; show++)
            {
                X402Reply reply = await buyer.PayAsync(payment);
                ended = reply is not X402Error error || IsEnd(error);
            }
            await chaos.CountAsync();
        }
        return payments;
    }

    private static async Task AssertEndsAsync(TestBuyer buyer, List<PaidRequest> payments)
    {
        foreach (PaidRequest payment in payments)
        {
            X402Reply end = await buyer.PayAsync(payment);
            Assert.True(end is not X402Error error || IsEnd(error), Answers.Text(end));
        }
    }

    private static bool IsEnd(X402Error error) =>
        !error.Retryable && !error.Message.Contains("A refund is owed", StringComparison.Ordinal);

    /// <summary>Every tenth task fails.</summary>
    private static TestExecutor Unreliable(ConcurrentDictionary<string, int> starts, bool idempotent) => new((request, _) =>
    {
        starts.AddOrUpdate(request.Input, 1, (_, count) => count + 1);
        return Task.FromResult(request.Input.EndsWith('7') ? ExecutionOutcome.Failed("No.") : ExecutionOutcome.Ok(request.Input));
    }) { IsIdempotent = idempotent };

    private static async Task AssertSumsAsync(World world, TestBuyer[] buyers)
    {
        LedgerReport report = await world.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        LedgerTotals totals = await world.Ledger.TotalsAsync(default);
        Assert.True(totals.Conserved);
        Assert.True(totals.Held.IsZero);
        Assert.Equal(Buyers * PurchasesEach, totals.Orders);

        ulong taken = (ulong)totals.In.Units, refunded = (ulong)totals.Refunded.Units, delivered = (ulong)totals.Delivered.Units;
        ulong[] balances = await Task.WhenAll(buyers.Select(buyer => buyer.BalanceAsync()));
        Assert.Equal(taken, await world.Chain.BalanceAsync(world.PayTo));
        Assert.Equal(Float - refunded, await world.Chain.BalanceAsync(world.Refunds.Address));
        Assert.Equal(Buyers * 1_000_000ul - delivered, balances.Aggregate(0ul, (sum, balance) => sum + balance));
        Assert.True(delivered > 0);
    }

    /// <summary>After every few purchases something breaks or heals.</summary>
    private sealed class Chaos(World world, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly SemaphoreSlim _one = new(1);
        private int _purchases;

        public async Task CountAsync()
        {
            if (Interlocked.Increment(ref _purchases) % ActionEvery != 0)
                return;
            await _one.WaitAsync();
            try
            {
                await ActAsync();
            }
            finally
            {
                _one.Release();
            }
        }

        public Task EndAsync() => world.Chain.HealAsync();

        private Task ActAsync()
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            return BreakAsync();
        }

        private Task BreakAsync() => _random.Next(6) switch
        {
            0 or 1 => ReplaceSiloAsync(),
            2 => world.Chain.SetFaultAsync(new { kind = "outage", milliseconds = 500 }),
            3 => world.Chain.SetFaultAsync(new { kind = "revert", count = 1 }),
            4 => world.Chain.SetFaultAsync(new { kind = "dropAnswer", count = 1 }),
            _ => world.Chain.SetFaultAsync(new { kind = "delay", milliseconds = 5, count = 20 }),
        };

        private async Task ReplaceSiloAsync()
        {
            SiloHandle victim = world.Cluster.Silos[_random.Next(world.Cluster.Silos.Count)];
            await world.Cluster.StartAdditionalSiloAsync();
            await world.Cluster.KillSiloAsync(victim);
        }
    }
}
