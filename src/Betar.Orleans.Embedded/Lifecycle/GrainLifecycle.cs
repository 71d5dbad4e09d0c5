namespace Orleans.Runtime;

/// <summary>What starts and stops with one grain.</summary>
internal sealed class GrainLifecycle : StagedLifecycle, IGrainLifecycle;
