using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Workflows;
using Betar.Node.Errors;
using Betar.Node.Workflows;

namespace Betar.Node.Tests.Workflows;

/// <summary>Definitions as people write them; every fault names its line.</summary>
public sealed class WorkflowFileTests
{
    private const string Whole = """
        input: a text
        budget: 0.05
        timeout: 600
        mandate: m
        accept_unverified: true
        steps:
          - agent: translator
            name: tr
            input: "Translate: {{input}}"
            retries: 2
            timeout: 30
            budget: 0.01
          - parallel:
              - agent: a
              - chain: [{ agent: b }, { agent: c }]
          - map: "{{previous}}"
            do: { agent: d, input: "{{item}}" }
          - if: "{{previous}}"
            contains: "yes"
            not: true
            then: { agent: e }
            else: [{ agent: f }]
        """;

    [Fact]
    public void A_whole_definition_is_read()
    {
        WorkflowDefinition definition = Parse(Whole).Value!;

        Assert.Equal(("a text", "m", true), (definition.Input, definition.MandateId, definition.AcceptUnverified));
        Assert.Equal(("50000", 600), (definition.Root.BudgetAtomic, definition.Root.TimeoutSeconds));
        WorkflowStep[] steps = [.. definition.Root.Steps];
        Assert.Equal(("translator", "tr", 2, 30, "10000"), (steps[0].Agent, steps[0].Name, steps[0].Retries, steps[0].TimeoutSeconds, steps[0].BudgetAtomic));
        Assert.Equal((WorkflowStepKind.Parallel, WorkflowStepKind.Chain, "c"), (steps[1].Kind, steps[1].Steps[1].Kind, steps[1].Steps[1].Steps[1].Agent));
        Assert.Equal((WorkflowStepKind.Map, "{{previous}}", "{{item}}"), (steps[2].Kind, steps[2].Input, steps[2].Steps[0].Input));
        Assert.Equal((WorkflowStepKind.If, WorkflowTest.Contains, "yes", true), (steps[3].Kind, steps[3].Test, steps[3].Expected, steps[3].Negated));
        Assert.Equal(("e", "f"), (steps[3].Steps[0].Agent, steps[3].Steps[1].Steps[0].Agent));
    }

    [Fact]
    public void Json_is_read_alike_and_an_input_given_beside_it_wins()
    {
        WorkflowDefinition definition = WorkflowFile.Parse("""{"input":"x","steps":[{"agent":"a"}]}""", "f", "y", new WorkflowOptions()).Value!;

        Assert.Equal(("y", "a"), (definition.Input, Assert.Single(definition.Root.Steps).Agent));
    }

    [Theory]
    [InlineData("", "BTR-4025", "empty")]
    [InlineData("just text", "BTR-1012", "line 1: a workflow")]
    [InlineData("input: x\nsteps: a", "BTR-1012", "line 2: steps is a list")]
    [InlineData("input: x\nsteps:\n  - a", "BTR-1012", "line 3: a step is a list")]
    [InlineData("input: x\nsteps:\n  - agnet: a", "BTR-1012", "line 3: a step has one of")]
    [InlineData("input: x\nsteps:\n  - agent: a\n    map: b", "BTR-1012", "line 3: a step has one of")]
    [InlineData("input: x\nsteps:\n  - agent: a\n    retry: 2", "BTR-1012", "line 4: this step has no field \"retry\"")]
    [InlineData("input: x\nsteps:\n  - agent: a\n    retries: 11", "BTR-1012", "line 4: retries is a whole number")]
    [InlineData("input: x\nsteps:\n  - agent: a\n    budget: much", "BTR-1014", "line 4: budget")]
    [InlineData("input: x\nsteps:\n  - parallel: a", "BTR-1012", "line 3: parallel is a list")]
    [InlineData("input: x\nsteps:\n  - map: a", "BTR-1012", "line 3: a map says under do")]
    [InlineData("input: x\nsteps:\n  - if: a", "BTR-1012", "line 3: a condition says under then")]
    [InlineData("input: x\nsteps:\n  - if: a\n    equals: b\n    contains: c\n    then: {agent: d}", "BTR-1012", "line 5: a condition has equals or contains")]
    [InlineData("input: x\nsteps:\n  - agent: a\n  - agent: b\n    input: '{{steps.z}}'", "BTR-4025", "line 4: the text refers to a step")]
    [InlineData("input: x\nsteps: []", "BTR-4025", "line 2: there is no step inside")]
    [InlineData("steps:\n  - agent: a", "BTR-4025", "the workflow has no input")]
    [InlineData("input: x\nsteps:\n  - chain:\n      - agent: ''", "BTR-4025", "line 4: a task names its agent")]
    public void A_fault_names_its_line(string text, string code, string message)
    {
        CliRefusal refusal = Parse(text).Refusal!;

        string[] parts = message.Split(": ", 2);
        Assert.All(parts.Length == 2 ? [$"{parts[0]}, column ", parts[1]] : parts, part => Assert.Contains(part, refusal.Detail, StringComparison.Ordinal));
        Assert.Equal(code, refusal.Error.Code);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        CliRefusal refusal = Parse("input: x\nbudget: no\nsteps:\n  - agnet: a\n  - b").Refusal!;

        Assert.Contains("3 faults", refusal.Detail, StringComparison.Ordinal);
    }

    private static Checked<WorkflowDefinition> Parse(string text) => WorkflowFile.Parse(text, "wf.yaml", null, new WorkflowOptions());
}
