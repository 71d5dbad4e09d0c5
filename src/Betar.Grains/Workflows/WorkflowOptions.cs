namespace Betar.Grains.Workflows;

/// <summary>How workflows are run and kept.</summary>
public sealed class WorkflowOptions
{
    /// <summary>Workflows that are kept; beyond it the oldest that have ended are forgotten. Range 10 to 1,000,000; default 1,000.</summary>
    public int Kept { get; set; } = 1_000;

    /// <summary>Tasks of one workflow, the items of its maps included. Range 1 to 10,000; default 500.</summary>
    public int MaxTasks { get; set; } = 500;

    /// <summary>How deep steps may stand inside one another. Range 1 to 64; default 16.</summary>
    public int MaxDepth { get; set; } = 16;

    /// <summary>Characters of an input, an output or a rendered template. Range 1,000 to 10,000,000; default 262,144.</summary>
    public int MaxText { get; set; } = 262_144;

    /// <summary>Branches or items of one step that are under way at once. Range 1 to 256; default 8.</summary>
    public int MaxParallel { get; set; } = 8;

    /// <summary>Pause before a task is tried again, or its payment shown again; doubled each time. Range 0 to 1 h; default 1 s.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a payment without an end is shown again before the step counts as failed. Range 0 to 20; default 3.</summary>
    public int Repeats { get; set; } = 3;

    /// <summary>How often it is looked for workflows that nobody drives. Range 1 s to 1 day; default 30 s.</summary>
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(30);
}
