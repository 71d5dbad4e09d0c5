namespace Orleans.Runtime;

/// <summary>The stages of a grain's start, in order; it stops in the opposite order.</summary>
public static class GrainLifecycleStage
{
    public const int First = int.MinValue;

    public const int SetupState = 1_000;

    public const int Activate = 2_000;

    public const int Last = int.MaxValue;
}
