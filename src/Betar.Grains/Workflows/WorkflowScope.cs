using System.Collections.Immutable;

namespace Betar.Grains.Workflows;

/// <summary>What a step's templates may insert.</summary>
/// <param name="Input">What the workflow began with.</param>
/// <param name="Previous">What the step before said.</param>
/// <param name="Named">What named steps said.</param>
internal sealed record WorkflowScope(string Input, string Previous, ImmutableDictionary<string, string> Named)
{
    /// <summary>Of a map; null outside of one.</summary>
    public string? Item { get; init; }

    public int Index { get; init; }

    public static WorkflowScope Of(string input) => new(input, input, ImmutableDictionary<string, string>.Empty);
}
