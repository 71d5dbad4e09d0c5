namespace Orleans.Runtime;

/// <summary>What starts and stops with one silo.</summary>
internal sealed class SiloLifecycle : StagedLifecycle, ISiloLifecycle
{
    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    protected override void Started(int stage) => HighestCompletedStage = stage;

    protected override void Stopped(int stage) => LowestStoppedStage = stage;
}
