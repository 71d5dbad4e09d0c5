namespace Betar.Mutants.Running;

internal enum Verdict
{
    /// <summary>A test turned red.</summary>
    Killed,

    /// <summary>The tests did not end any more, which somebody would notice.</summary>
    TimedOut,

    /// <summary>Every test that reaches it stayed green.</summary>
    Survived,

    /// <summary>No test reaches it.</summary>
    NotReached,
}
