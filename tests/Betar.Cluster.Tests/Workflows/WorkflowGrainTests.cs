using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using static Betar.Cluster.Tests.Workflows.Steps;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Workflows from their order to their end.</summary>
public sealed class WorkflowGrainTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_chain_tells_each_agent_what_the_one_before_said_and_adds_up_the_cost(short silos)
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(silos);

        WorkflowView created = await world.CreateAsync("w", WorkflowDefinition.Chain(["ok-5-a", "ok-7-b"], "in"));
        WorkflowView ended = await world.EndAsync("w");

        Assert.Equal(WorkflowStatus.Pending, created.Status);
        Assert.Equal((WorkflowStatus.Completed, "ok-7-b(ok-5-a(in))", "12"), (ended.Status, ended.Output, ended.CostAtomic));
        Assert.All(ended.Steps, step => Assert.Equal((WorkflowStepStatus.Completed, 1), (step.Status, step.Attempts)));
        Assert.Equal(["in", "ok-5-a(in)"], ended.Steps.Select(step => step.Input));
        Assert.All(ended.Steps, step => Assert.StartsWith("key-", step.PaymentKey, StringComparison.Ordinal));
        Assert.NotNull(ended.CompletedAt);
    }

    [Fact]
    public async Task The_first_step_that_fails_ends_it_and_the_rest_is_skipped()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", WorkflowDefinition.Chain(["ok-5-a", "no-7-b", "ok-9-c"], "in"));

        Assert.Equal((WorkflowStatus.Failed, RefusalCodes.ExecutionFailed, "5"), (ended.Status, ended.Error?.Code, ended.CostAtomic));
        Assert.Equal([WorkflowStepStatus.Completed, WorkflowStepStatus.Failed, WorkflowStepStatus.Skipped], ended.Steps.Select(step => step.Status));
    }

    [Fact]
    public async Task Branches_run_beside_one_another_and_their_outputs_are_a_list()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        var (both, arrived) = (new TaskCompletionSource(), 0);
        world.Trader.Before = async (_, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 2)
                both.SetResult();
            await both.Task;
        };

        WorkflowView ended = await world.RunAsync("w", Of(Chain(Beside(Do("ok-1-a", name: "left"), Do("ok-2-b")), Do("ok-3-c", "{{steps.left}} of {{previous.1}}"))));

        Assert.Equal("ok-3-c(ok-1-a(in) of ok-2-b(in))", ended.Output);
        Assert.Equal("6", ended.CostAtomic);
    }

    [Fact]
    public async Task A_map_does_its_step_for_each_item()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(Map(Do("ok-1-a", "{{index}}:{{item.n}}")), """[{"n":"x"},{"n":"y"}]"""));

        Assert.Equal("""["ok-1-a(0:x)","ok-1-a(1:y)"]""", ended.Output);
        Assert.Equal(["0#0", "0#1"], ended.Steps.Select(step => step.Path));
    }

    [Theory]
    [InlineData("an INVOICE", "ok-1-a(an INVOICE)")]
    [InlineData("a letter", "ok-2-b(a letter)")]
    public async Task A_condition_takes_one_way_and_skips_the_other(string input, string output)
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(If("invoice", Do("ok-1-a"), Do("ok-2-b")), input));

        Assert.Equal(output, ended.Output);
        Assert.Single(ended.Steps, step => step.Status == WorkflowStepStatus.Skipped);
    }

    [Fact]
    public async Task A_condition_without_another_way_passes_on_what_came()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        Assert.Equal("letter", (await world.RunAsync("w", Of(If("invoice", Do("ok-1-a")), "letter"))).Output);
        Assert.Empty(world.Trader.Orders);
    }

    [Theory]
    [InlineData("flaky-5-a", "5", 2)]
    [InlineData("refund-5-a", "5", 2)]
    [InlineData("slow-5-a", "5", 1)]
    public async Task What_took_nothing_or_came_back_is_tried_again_and_a_payment_without_an_end_is_shown_again(string agent, string cost, int attempts)
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(Do(agent, retries: 1)));

        Assert.Equal((WorkflowStatus.Completed, cost), (ended.Status, ended.CostAtomic));
        Assert.Equal((attempts, attempts), (ended.Steps[0].Attempts, world.Trader.Purchases.Count));
        Assert.Single(world.Trader.Purchases, purchase => purchase.IsPaid);
    }

    [Theory]
    [InlineData("owes-5-a")]
    [InlineData("silent-5-a")]
    public async Task What_was_paid_and_has_no_end_is_never_paid_again_and_counts(string agent)
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(Do(agent, retries: 5)));

        Assert.Equal((WorkflowStatus.Failed, "5", 1), (ended.Status, ended.CostAtomic, world.Trader.Purchases.Count));
    }

    [Fact]
    public async Task Tries_end_with_the_retries()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(Do("flaky-5-a")));

        Assert.Equal((WorkflowStatus.Failed, 1), (ended.Status, ended.Steps[0].Attempts));
    }

    [Fact]
    public async Task An_agent_that_nobody_lists_fails_the_step()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        Assert.Equal(RefusalCodes.UnknownAgent, (await world.RunAsync("w", Of(Do("gone-1-a")))).Error?.Code);
    }

    [Fact]
    public async Task Nothing_is_bought_that_would_pass_the_budget_of_the_whole_or_of_a_part()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView whole = await world.RunAsync("w1", WorkflowDefinition.Chain(["ok-5-a", "ok-6-b"], "in", budgetAtomic: "10"));
        WorkflowView part = await world.RunAsync("w2", Of(Chain(Do("ok-5-a"), Do("ok-6-b", budget: "5"))));
        WorkflowView just = await world.RunAsync("w3", WorkflowDefinition.Chain(["ok-5-a", "ok-6-b"], "in", budgetAtomic: "11"));

        Assert.Equal((RefusalCodes.WorkflowBudget, "5"), (whole.Error?.Code, whole.CostAtomic));
        Assert.Equal((RefusalCodes.WorkflowBudget, "5"), (part.Error?.Code, part.CostAtomic));
        Assert.Equal((WorkflowStatus.Completed, "11"), (just.Status, just.CostAtomic));
    }

    [Fact]
    public async Task What_branches_may_still_cost_is_set_aside_while_they_run()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(Beside(Do("ok-5-a"), Do("ok-5-b"), Do("ok-5-c")) with { BudgetAtomic = "10" }));

        Assert.Equal((WorkflowStatus.Failed, RefusalCodes.WorkflowBudget, "10"), (ended.Status, ended.Error?.Code, ended.CostAtomic));
    }

    [Fact]
    public async Task A_refund_frees_no_budget()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        WorkflowView ended = await world.RunAsync("w", Of(Do("refund-5-a", retries: 1, budget: "9")));

        Assert.Equal((RefusalCodes.WorkflowBudget, "0"), (ended.Error?.Code, ended.CostAtomic));
    }

    [Fact]
    public async Task The_same_order_again_is_the_same_workflow_and_another_one_is_refused()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(2);
        WorkflowDefinition chain = WorkflowDefinition.Chain(["ok-5-a"], "in");

        Outcome<WorkflowView>[] copies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => world.Grain("w").Create(chain)));
        await world.EndAsync("w");
        Outcome<WorkflowView> other = await world.Grain("w").Create(chain with { Input = "other" });

        Assert.All(copies, copy => Assert.True(copy.IsOk));
        Assert.Single(world.Trader.Orders);
        Assert.Equal(RefusalCodes.WorkflowInvalid, other.Refusal?.Code);
    }

    [Fact]
    public async Task A_definition_with_faults_is_refused_with_all_of_them_and_not_kept()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();

        Outcome<WorkflowView> refused = await world.Grain("w").Create(Of(Chain(Do(""), Do("ok-1-a", "{{steps.none}}"))));

        Assert.Equal(RefusalCodes.WorkflowInvalid, refused.Refusal?.Code);
        Assert.Contains("step 0.0: a task names its agent; step 0.1: ", refused.Refusal!.Message, StringComparison.Ordinal);
        Assert.Null(await world.Grain("w").Get());
    }

    [Fact]
    public async Task Texts_have_a_limit()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(configure: options => options.MaxText = 1_000);
        string large = new('x', 600);

        Assert.Equal(RefusalCodes.WorkflowTooLarge, (await world.RunAsync("w1", Of(Do("ok-1-a", "{{input}}{{input}}"), large))).Error?.Code);
        WorkflowView output = await world.RunAsync("w2", Of(Do("ok-1-a"), new string('x', 999)));
        Assert.Equal((RefusalCodes.WorkflowTooLarge, "1"), (output.Error?.Code, output.CostAtomic));
    }

    [Fact]
    public async Task A_map_of_more_items_than_a_workflow_may_have_tasks_buys_nothing()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(configure: options => options.MaxTasks = 2);

        Assert.Equal(RefusalCodes.WorkflowTooLarge, (await world.RunAsync("w", Of(Map(Do("ok-1-a")), "a\nb\nc"))).Error?.Code);
        Assert.Empty(world.Trader.Orders);
    }

    [Fact]
    public async Task The_oldest_that_have_ended_are_forgotten()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(configure: options => options.Kept = 10);
        for (int i = 0; i < 12; i++)
            await world.RunAsync($"w{i:00}", Of(Do("ok-1-a")));

        Assert.Equal(10, (await world.Table.ListAsync(100, null, default)).Count);
        Assert.Equal("w11", (await world.Table.ListAsync(1, null, default))[0].Id);
        Assert.Null(await world.Table.FindAsync("w00", default));
    }
}
