using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Workflows;

namespace Betar.Grains.Tests.Workflows;

/// <summary>Definitions that cannot be run are refused before anything is bought, with every fault at its step.</summary>
public sealed class WorkflowCheckTests
{
    private static readonly WorkflowStep s_task = new() { Agent = "a" };

    public static TheoryData<string, WorkflowStep, string> Wrong => new()
    {
        { "0", s_task with { Agent = " " }, "names its agent" },
        { "0", s_task with { Name = "no good" }, "name" },
        { "0", s_task with { Retries = 11 }, "retries" },
        { "0", s_task with { Retries = -1 }, "retries" },
        { "0", s_task with { TimeoutSeconds = 86_401 }, "timeout" },
        { "0", s_task with { BudgetAtomic = "1.5" }, "budget" },
        { "0", s_task with { Input = "{{item}}" }, "outside of a map" },
        { "0", s_task with { Steps = [s_task] }, "no steps inside" },
        { "0", Of(WorkflowStepKind.Chain), "no step inside" },
        { "0", Of(WorkflowStepKind.Parallel), "no step inside" },
        { "0", Of(WorkflowStepKind.Map, s_task, s_task), "one too many" },
        { "0", Of(WorkflowStepKind.If), "no step inside" },
        { "0", Of(WorkflowStepKind.If, s_task, s_task, s_task), "one too many" },
        { "0", Of(WorkflowStepKind.Chain, s_task) with { Retries = 1 }, "only a task" },
        { "0.1", Of(WorkflowStepKind.Chain, s_task with { Name = "x" }, s_task with { Name = "x" }), "taken" },
        { "0.0", Of(WorkflowStepKind.Chain, s_task with { Input = "{{steps.x}}" }, s_task with { Name = "x" }), "not ended" },
        { "0.1", Of(WorkflowStepKind.Parallel, s_task with { Name = "x" }, s_task with { Input = "{{steps.x}}" }), "not ended" },
        { "0.1", Of(WorkflowStepKind.Chain, Of(WorkflowStepKind.Map, s_task with { Name = "x" }), s_task with { Input = "{{steps.x}}" }), "not ended" },
        { "0.1#0", Of(WorkflowStepKind.Chain, s_task, Of(WorkflowStepKind.Map, s_task with { Agent = "" })), "names its agent" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_fault_is_found_at_its_step(string path, WorkflowStep root, string message)
    {
        WorkflowFault fault = Assert.Single(Faults(root));

        Assert.Equal(path, fault.Path);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_right_has_no_faults() => Assert.Empty(Faults(Of(
        WorkflowStepKind.Chain,
        s_task with { Name = "x", Retries = 10, TimeoutSeconds = 86_400, BudgetAtomic = "0" },
        Of(WorkflowStepKind.Map, s_task with { Input = "{{item}}{{steps.x}}" }),
        Of(WorkflowStepKind.If, s_task with { Name = "y" }),
        s_task with { Input = "{{steps.y}}" })));

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Faults(Of(WorkflowStepKind.Chain, s_task with { Agent = "" }, s_task with { Name = "!" }, s_task with { Retries = 99 })).Count);

    [Fact]
    public void There_is_a_limit_to_tasks_depth_and_input()
    {
        WorkflowStep deep = s_task;
        for (int i = 0; i < 16; i++)
            deep = Of(WorkflowStepKind.Chain, deep);

        Assert.Contains("deep", Assert.Single(Faults(deep)).Message, StringComparison.Ordinal);
        Assert.Contains("501 tasks", Assert.Single(Faults(Of(WorkflowStepKind.Chain, [.. Enumerable.Repeat(s_task, 501)]))).Message, StringComparison.Ordinal);
        Assert.Contains("characters", Assert.Single(Faults(s_task, new string('x', 262_145))).Message, StringComparison.Ordinal);
        Assert.Contains("no input", Assert.Single(Faults(s_task, "")).Message, StringComparison.Ordinal);
    }

    private static WorkflowStep Of(WorkflowStepKind kind, params WorkflowStep[] steps) => new() { Kind = kind, Steps = [.. steps] };

    private static IReadOnlyList<WorkflowFault> Faults(WorkflowStep root, string input = "in") =>
        WorkflowCheck.Faults(new WorkflowDefinition { Root = root, Input = input }, new WorkflowOptions());
}
