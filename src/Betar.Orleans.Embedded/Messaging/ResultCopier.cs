namespace Orleans.Runtime;

/// <summary>Gives the caller its own copy of a result, and skips the copier where there is nothing to copy.</summary>
internal static class ResultCopier<T>
{
    private static readonly bool Immutable = typeof(T).IsPrimitive || typeof(T).IsEnum || typeof(T) == typeof(string) || typeof(T) == typeof(Guid)
        || typeof(T) == typeof(decimal) || typeof(T) == typeof(DateTime) || typeof(T) == typeof(TimeSpan) || typeof(T) == typeof(DateTimeOffset);

    public static T Copy(CallNode node, T value) => Immutable || value is null ? value : node.Copier.Copy(value);
}
