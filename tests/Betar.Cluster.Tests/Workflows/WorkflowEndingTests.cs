using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using static Betar.Cluster.Tests.Workflows.Steps;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Workflows that are canceled, take too long, or lose what they run on.</summary>
public sealed class WorkflowEndingTests
{
    [Fact]
    public async Task A_canceled_workflow_ends_as_canceled_whatever_its_running_step_does()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        var begun = new TaskCompletionSource();
        world.Trader.Before = (_, token) => Held(begun, token);
        await world.CreateAsync("w", WorkflowDefinition.Chain(["ok-5-a", "ok-6-b"], "in"));
        await begun.Task;

        Assert.True((await world.Grain("w").Cancel()).IsOk);
        WorkflowView ended = await world.EndAsync("w");

        Assert.Equal((WorkflowStatus.Canceled, "0"), (ended.Status, ended.CostAtomic));
        Assert.Equal([WorkflowStepStatus.Failed, WorkflowStepStatus.Skipped], ended.Steps.Select(step => step.Status));
        Assert.DoesNotContain(world.Trader.Purchases, purchase => purchase.WasSigned);
        Assert.True((await world.Grain("w").Cancel()).IsOk);
    }

    [Fact]
    public async Task What_was_signed_before_the_cancel_is_in_the_cost()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        var paid = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        world.Trader.After = async _ =>
        {
            paid.TrySetResult();
            await answer.Task;
        };
        await world.CreateAsync("w", WorkflowDefinition.Chain(["ok-5-a", "ok-6-b"], "in"));
        await paid.Task;

        await world.Grain("w").Cancel();
        answer.SetResult();
        WorkflowView ended = await world.EndAsync("w");

        Assert.Equal((WorkflowStatus.Canceled, "5"), (ended.Status, ended.CostAtomic));
        Assert.Single(world.Trader.Purchases);
    }

    [Fact]
    public async Task A_cancel_is_not_lost_with_the_silos()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(2);
        var (begun, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Trader.Before = (_, _) =>
        {
            begun.TrySetResult();
            return never.Task;
        };
        await world.CreateAsync("w", WorkflowDefinition.Chain(["ok-5-a"], "in"));
        await begun.Task;
        await world.Grain("w").Cancel();

        await world.RestartAsync();
        WorkflowView ended = await world.EndAsync("w");
        never.SetResult();

        Assert.Equal((WorkflowStatus.Canceled, "0"), (ended.Status, ended.CostAtomic));
    }

    [Fact]
    public async Task What_has_ended_cannot_be_canceled_and_what_is_not_there_neither()
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        await world.RunAsync("w", Of(Do("ok-1-a")));

        Assert.Equal(RefusalCodes.WorkflowEnded, (await world.Grain("w").Cancel()).Refusal?.Code);
        Assert.Equal(RefusalCodes.UnknownWorkflow, (await world.Grain("none").Cancel()).Refusal?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_step_that_takes_too_long_fails_and_signs_nothing(bool ofTheWhole)
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync();
        var begun = new TaskCompletionSource();
        world.Trader.Before = (_, token) => Held(begun, token);
        WorkflowStep step = Do("ok-5-a", retries: 3, timeout: ofTheWhole ? 0 : 1);
        await world.CreateAsync("w", Of(ofTheWhole ? Chain(step) with { TimeoutSeconds = 1 } : step));
        await begun.Task;

        WorkflowView ended = await world.EndAsync("w");

        Assert.Equal((WorkflowStatus.Failed, RefusalCodes.WorkflowTimeout, "0"), (ended.Status, ended.Error?.Code, ended.CostAtomic));
        Assert.DoesNotContain(world.Trader.Purchases, purchase => purchase.WasSigned);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_workflow_goes_on_by_itself_after_all_silos_died_and_pays_no_step_twice(short silos)
    {
        await using WorkflowWorld world = await WorkflowWorld.StartAsync(silos);
        var (paid, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Trader.After = order =>
        {
            if (!order.Agent.EndsWith('b'))
                return Task.CompletedTask;
            paid.TrySetResult();
            return never.Task;
        };
        await world.CreateAsync("w", WorkflowDefinition.Chain(["ok-5-a", "ok-6-b", "ok-7-c"], "in"));
        await paid.Task;

        await world.RestartAsync();
        WorkflowView ended = await world.EndAsync("w");
        never.SetResult();

        Assert.Equal((WorkflowStatus.Completed, "18", 3), (ended.Status, ended.CostAtomic, world.Trader.Purchases.Count));
    }

    private static async Task Held(TaskCompletionSource begun, CancellationToken token)
    {
        var held = new TaskCompletionSource();
        await using CancellationTokenRegistration end = token.Register(held.SetResult);
        begun.TrySetResult();
        await held.Task;
    }
}
