namespace Betar.Grains.Workflows;

/// <summary>Where a step is in its tree: the root is "0", its third step "0.2", the fourth item of a map "0.2#3".</summary>
public static class WorkflowPaths
{
    public const string Root = "0";

    public static string Step(string path, int index) => $"{path}.{index}";

    public static string Item(string path, int index) => $"{path}#{index}";

    /// <summary>It is that step, or inside it.</summary>
    public static bool IsWithin(string path, string step) =>
        path.StartsWith(step, StringComparison.Ordinal) && (path.Length == step.Length || path[step.Length] is '.' or '#');
}
