using Orleans.Serialization.Serializers;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>The comparers that a set or dictionary may carry with it.</summary>
internal static class Comparers
{
    public static ulong Number<T>(IEqualityComparer<T> comparer)
    {
        if (ReferenceEquals(comparer, EqualityComparer<T>.Default))
            return 0;
        if (ReferenceEquals(comparer, StringComparer.Ordinal))
            return 1;
        if (ReferenceEquals(comparer, StringComparer.OrdinalIgnoreCase))
            return 2;
        throw CodecProvider.NotFound(comparer.GetType());
    }

    public static IEqualityComparer<T>? ByNumber<T>(ulong number) => number switch
    {
        0 => null,
        1 when typeof(T) == typeof(string) => (IEqualityComparer<T>)StringComparer.Ordinal,
        2 when typeof(T) == typeof(string) => (IEqualityComparer<T>)StringComparer.OrdinalIgnoreCase,
        _ => throw WireReader.Malformed("a comparer is unknown"),
    };
}
