using System.Collections.Immutable;

namespace Betar.Grains.Workflows;

/// <summary>What a step said, or why it failed; and what the named steps in it said.</summary>
internal sealed record StepEnd(string Output, Refusal? Refusal, ImmutableDictionary<string, string> Named)
{
    public bool IsOk => Refusal is null;

    public static StepEnd Ok(string output, WorkflowScope scope) => new(output, null, scope.Named);

    public static StepEnd Failed(Refusal refusal) => new("", refusal, ImmutableDictionary<string, string>.Empty);

    public static StepEnd TooLarge(string what) =>
        Failed(new Refusal { Code = RefusalCodes.WorkflowTooLarge, Message = $"{what} is larger than it may be." });
}
