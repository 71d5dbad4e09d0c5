using Betar.Ethereum;
using Betar.Grains.Settlement.Audit;
using Betar.Storage.Ledger;
using Betar.Tests.Shared;
using Betar.X402.Networks;

namespace Betar.Cluster.Tests.Model;

/// <summary>
/// Buyers, sellers, a chain, crashes and clocks in any order, against a plain model: money is conserved after each step, and every payment
/// ends as the model says.
/// </summary>
public sealed class PaymentModelTests
{
    private const int StepsEach = 14;

    [Fact]
    public async Task Whatever_happens_in_whatever_order_money_is_conserved_and_every_payment_ends()
    {
        HashSet<LedgerKind> ends = await RunAsync(2_000);
        Assert.Equal([LedgerKind.Delivered, LedgerKind.Refunded, LedgerKind.Refused], ends.Order());
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Many_more_of_them() => await RunAsync(50_000);

    private static async Task<HashSet<LedgerKind>> RunAsync(int sequences)
    {
        HashSet<LedgerKind> ends = [];
        int payments = 0;
        await using ModelWorld world = await ModelWorld.StartAsync();
        for (int i = 0; i < sequences; i++)
        {
            int seed = unchecked(TestSeed.Value + i);
            ModelStep[] steps = ModelSequence.Steps(seed, StepsEach);
            var sequence = new ModelSequence(world, seed);
            try
            {
                await sequence.RunAsync(steps);
            }
            catch (Exception fault)
            {
                ModelStep[] least = await ShrinkAsync(seed, steps);
                throw new InvalidOperationException($"BETAR_TEST_SEED={seed} fails; the least of it: {string.Join(", ", least)}.", fault);
            }
            payments += sequence.Payments.Count;
            ends.UnionWith(sequence.Payments.Select(payment => payment.Kind).OfType<LedgerKind>());
        }

        Assert.Empty((await world.Ledger.VerifyAsync(default)).Faults);
        AuditReport audit = await new ChainAudit(
            world.Ledger, world.Chain, PaymentAsset.BaseSepoliaUsdc, new AuditAccounts([world.PayTo], world.Refunds.Address),
            new AuditOptions { FromBlock = 0, BlocksAtOnce = 1_000_000 }).RunAsync(default);
        Assert.DoesNotContain(audit.Faults, fault => fault.Kind != AuditFaultKind.PaidUnrecorded);
        TestNotes.Add($"payments: {sequences} random sequences with {payments} payments against the model, seeds from {TestSeed.Value}");
        return ends;
    }

    /// <summary>Leaves out every step without which it still fails, each time in a new world.</summary>
    private static async Task<ModelStep[]> ShrinkAsync(int seed, ModelStep[] steps)
    {
        List<ModelStep> least = [.. steps];
        for (int i = least.Count - 1; i >= 0; i--)
        {
            ModelStep left = least[i];
            least.RemoveAt(i);
            if (!await FailsAsync(seed, least))
                least.Insert(i, left);
        }
        return [.. least];
    }

    private static async Task<bool> FailsAsync(int seed, List<ModelStep> steps)
    {
        await using ModelWorld world = await ModelWorld.StartAsync();
        try
        {
            await new ModelSequence(world, seed).RunAsync(steps);
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }
}
