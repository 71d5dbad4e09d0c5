using Betar.Grains.Abstractions.Workflows;
using Betar.Tests.Shared;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>
/// Random trees, random sellers, random crashes at any write and around any answer: every step is paid at most once, what the workflow says it cost
/// is what was paid, no budget is passed, and without budgets it ends as it would have without the crashes.
/// </summary>
public sealed class WorkflowModelTests
{
    private const int Rounds = 60;

    private static readonly string[] s_kinds = ["ok", "ok", "ok", "ok", "slow", "flaky", "refund", "no", "owes", "silent"];

    [Fact]
    public async Task Every_step_is_paid_at_most_once_and_the_books_agree()
    {
        for (int round = 0; round < Rounds; round += Rounds / 3)
        {
            await using WorkflowWorld world = await WorkflowWorld.StartAsync((short)(1 + round % 3));
            for (int i = 0; i < Rounds / 3; i++)
                await CheckAsync(world, TestSeed.Value + round + i);
        }
    }

    private static async Task CheckAsync(WorkflowWorld world, int seed)
    {
        try
        {
            var random = new Random(seed);
            bool budgets = random.Next(2) == 0;
            WorkflowDefinition definition = Steps.Of(Tree(random, $"{seed}", 0, budgets), "a\nb\nc");
            (world.Table.Fault, world.Trader.After) = (null, null);
            WorkflowView calm = await world.RunAsync($"calm-{seed}", Renamed(definition, "x"));

            world.Table.Fault = _ => Chance(random, 4) ? Chance(random, 2) : null;
            world.Trader.After = _ => Chance(random, 6) ? throw new IOException("The answer was lost.") : Task.CompletedTask;
            while (true)
            {
                try
                {
                    if ((await world.Grain($"wild-{seed}").Create(definition)).IsOk)
                        break;
                }
                catch (IOException)
                {
                    // The order was lost, or only the word that it was kept: who ordered orders again.
                }
            }

            WorkflowView wild = await world.EndAsync($"wild-{seed}");

            FakePurchase[] made = [.. world.Trader.Purchases.Where(purchase => purchase.Order.Agent.EndsWith($"_{seed}", StringComparison.Ordinal) && !purchase.Order.Agent.Contains("x_", StringComparison.Ordinal))];
            Assert.All(made.Where(purchase => purchase.IsPaid).GroupBy(purchase => (purchase.Order.Agent, purchase.Order.Input)), step => Assert.Single(step));
            Assert.Equal($"{made.Where(purchase => purchase.IsPaid).Sum(purchase => (long)purchase.Price)}", wild.CostAtomic);
            if (wild.BudgetAtomic.Length > 0)
                Assert.True(made.Where(purchase => purchase.WasSigned).Sum(purchase => (long)purchase.Price) <= long.Parse(wild.BudgetAtomic, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Contains(wild.Status, new[] { WorkflowStatus.Completed, WorkflowStatus.Failed });
            Assert.Equal(wild.Status == WorkflowStatus.Completed, wild.Steps.All(step => step.Status is WorkflowStepStatus.Completed or WorkflowStepStatus.Skipped));
            if (!budgets)
                Assert.Equal((calm.Status, calm.Output.Replace($"x_{seed}", $"_{seed}", StringComparison.Ordinal)), (wild.Status, wild.Output));
        }
        catch (Exception fault) when (fault is not InvalidOperationException)
        {
            throw new InvalidOperationException($"{TestSeed.Variable}={seed}: {fault.Message}", fault);
        }
    }

    private static WorkflowStep Tree(Random random, string seed, int depth, bool budgets)
    {
        int steps = 0;
        return Grow(depth, inMap: false);

        WorkflowStep Grow(int level, bool inMap)
        {
            WorkflowStep step = (level > 2 ? 0 : random.Next(6)) switch
            {
                1 or 2 => Steps.Chain([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Grow(level + 1, inMap))]),
                3 => Steps.Beside([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Grow(level + 1, inMap))]),
                4 when !inMap => Steps.Map(Grow(level + 1, inMap: true), "{{input}}"),
                5 => Steps.If(random.Next(2) == 0 ? "ok" : "never", Grow(level + 1, inMap), Grow(level + 1, inMap)),
                _ => Steps.Do($"{s_kinds[random.Next(s_kinds.Length)]}-{random.Next(1, 9)}-s{steps++}_{seed}", retries: random.Next(3)),
            };
            return budgets && random.Next(3) == 0 || budgets && level == 0 ? step with { BudgetAtomic = $"{random.Next(1, 60)}" } : step;
        }
    }

    /// <summary>The same with other agents, so that one run's sellers know nothing of the other's.</summary>
    private static WorkflowDefinition Renamed(WorkflowDefinition definition, string with)
    {
        return definition with { Root = Rename(definition.Root) };

        WorkflowStep Rename(WorkflowStep step) => step with { Agent = step.Agent.Replace("_", $"{with}_", StringComparison.Ordinal) + "", Steps = [.. step.Steps.Select(Rename)] };
    }

    /// <summary>Asked from the silos' threads too.</summary>
    private static bool Chance(Random random, int oneIn)
    {
        lock (random)
            return random.Next(oneIn) == 0;
    }
}
