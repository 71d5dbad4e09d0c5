using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;

namespace Betar.Cluster.Tests.Fleet;

public sealed class AgentHealthTests
{
    [Fact]
    public async Task Failures_in_a_row_are_counted_and_end_with_a_good_task()
    {
        bool works = false;
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor((_, _) =>
            Task.FromResult(works ? ExecutionOutcome.Ok("ok") : ExecutionOutcome.Failed(ExecutionCodes.WebhookFailed, "No luck."))));
        await using World __ = world;
        Assert.Equal(ExecutionCodes.WebhookFailed, (await RunAsync(world)).Code);
        await RunAsync(world);

        AgentStatus status = await Agent(world).GetStatus();
        Assert.Equal((2, "No luck.", 2L), (status.ConsecutiveFailures, status.LastError, status.Failed));
        works = true;
        await RunAsync(world);
        Assert.Equal(0, (await Agent(world).GetStatus()).ConsecutiveFailures);
    }

    [Fact]
    public async Task A_task_has_the_time_of_its_agent_even_when_the_executor_does_not_hear()
    {
        var never = new TaskCompletionSource();
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Gated(never.Task));
        await using World __ = world;
        await world.DeclareAsync(World.Spec(world) with { TimeoutSeconds = 1 });

        AgentTaskResult result = await RunAsync(world);
        Assert.Equal(RefusalCodes.TaskTimedOut, result.Code);
        Assert.Equal(1, (await Agent(world).GetStatus()).ConsecutiveFailures);
    }

    [Fact]
    public async Task A_task_that_no_skill_takes_is_refused_before_any_payment()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        await world.DeclareAsync(World.Spec(world) with { Skills = [new AgentSkill { SkillId = "n", Name = "n", InputSchema = """{"type":"integer"}""" }] });

        Assert.Equal(RefusalCodes.TaskRefused, (await RunAsync(world)).Code);
        Assert.Equal(0, executor.Starts);
    }

    [Fact]
    public async Task Declaring_the_same_again_changes_nothing_and_keeps_the_executor()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("No luck."));
        await using World __ = world;
        await RunAsync(world);

        await world.DeclareAsync(World.Spec(world));
        Assert.Equal("No luck.", (await Agent(world).GetStatus()).LastError);
        await world.DeclareAsync(World.Spec(world) with { Description = "Another text for the model." });
        Assert.Equal("", (await Agent(world).GetStatus()).LastError);
    }

    private static IAgentGrain Agent(World world) => world.Grains.GetGrain<IAgentGrain>(World.Agent);

    private static Task<AgentTaskResult> RunAsync(World world) =>
        Agent(world).Run(new AgentTask { Input = "task", Caller = "c", Order = "" }, CancellationToken.None);
}
