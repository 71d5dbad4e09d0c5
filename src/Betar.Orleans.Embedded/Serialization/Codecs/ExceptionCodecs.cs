namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Which exceptions travel without being marked.</summary>
internal static class ExceptionCodecs
{
    private static readonly string[] Prefixes = ["System", "Microsoft", "Azure", "Orleans"];

    public static bool IsSupported(Type type) =>
        !type.IsGenericType && IsSupportedName(type.FullName!) && !type.IsAbstract;

    public static bool IsSupportedName(string name)
    {
        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && name[prefix.Length] == '.')
                return true;
        }

        return false;
    }

    public static Type CodecFor(Type type) =>
        typeof(AggregateException).IsAssignableFrom(type) ? typeof(AggregateExceptionCodec<>) : typeof(ExceptionCodec<>);
}
