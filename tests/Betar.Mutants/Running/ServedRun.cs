namespace Betar.Mutants.Running;

/// <summary>How one class ended in a process that serves: its first red test, or none.</summary>
internal sealed record ServedRun(string? Red)
{
    public static readonly ServedRun Green = new((string?)null);
    public static readonly ServedRun OutOfTime = new("out of time");
    public static readonly ServedRun Died = new("the process ended");

    /// <summary>Whether the process can be asked again.</summary>
    public bool IsUsable => this != OutOfTime && this != Died;
}
