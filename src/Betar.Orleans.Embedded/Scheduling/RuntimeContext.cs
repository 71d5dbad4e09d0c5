namespace Orleans.Runtime;

/// <summary>Knows whose turn this thread runs.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? t_current;

    public static IGrainContext? Current
    {
        get => t_current;
        set => t_current = value;
    }

    /// <summary>Services of an activation may be used in its turns only.</summary>
    public static void Check(IGrainContext context)
    {
        if (!ReferenceEquals(t_current, context))
            throw new InvalidOperationException(
                $"Activation access violation: a service of {context.GrainId} was used outside its turns. Stay on the grain's scheduler (no Task.Run, no ConfigureAwait(false)).");
    }
}
