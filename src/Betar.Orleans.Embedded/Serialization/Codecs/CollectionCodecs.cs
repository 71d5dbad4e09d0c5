using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.InteropServices;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Codecs of generic containers: the commonest have classes of their own, the others travel as what they are made from.</summary>
internal static class CollectionCodecs
{
    private static readonly Dictionary<Type, string> Makers = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(KeyValuePair<,>)] = nameof(Pair),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(ConcurrentDictionary<,>)] = nameof(ConcurrentDictionary),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnlyCollection),
        [typeof(ReadOnlyDictionary<,>)] = nameof(ReadOnlyDictionary),
        [typeof(ImmutableArray<>)] = nameof(ImmutableArrayOf),
        [typeof(ImmutableList<>)] = nameof(ImmutableListOf),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableHashSetOf),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableDictionaryOf),
        [typeof(Memory<>)] = nameof(MemoryOf),
        [typeof(ReadOnlyMemory<>)] = nameof(ReadOnlyMemoryOf),
        [typeof(ArraySegment<>)] = nameof(Segment),
        [typeof(Tuple<>)] = nameof(Tuple1),
        [typeof(Tuple<,>)] = nameof(Tuple2),
        [typeof(Tuple<,,>)] = nameof(Tuple3),
        [typeof(Tuple<,,,>)] = nameof(Tuple4),
        [typeof(Immutable<>)] = nameof(ImmutableOf),
        [typeof(Response<>)] = nameof(ResponseOf),
    };

    public static IEnumerable<Type> Definitions => [.. Makers.Keys, typeof(ExceptionResponse)];

    public static Codec? TryCreate(Type type)
    {
        if (type == typeof(ExceptionResponse))
            return new DelegateCodec<ExceptionResponse, Exception?>(static r => r.Exception, static e => new() { Exception = e }, static _ => true);
        if (!type.IsGenericType || !Makers.TryGetValue(type.GetGenericTypeDefinition(), out var maker))
            return null;
        var method = typeof(CollectionCodecs).GetMethod(maker, BindingFlags.Static | BindingFlags.NonPublic)!;
        return (Codec)method.MakeGenericMethod(type.GenericTypeArguments).Invoke(null, null)!;
    }

    private static ListCodec<T> List<T>() => new();

    private static HashSetCodec<T> HashSet<T>() => new();

    private static DictionaryCodec<TKey, TValue> Dictionary<TKey, TValue>()
        where TKey : notnull => new();

    private static PairCodec<TKey, TValue> Pair<TKey, TValue>() => new();

    private static DelegateCodec<Queue<T>, T[]> Queue<T>() => new(static q => q.ToArray(), static a => new(a));

    private static DelegateCodec<Stack<T>, T[]> Stack<T>() => new(static s => [.. s.Reverse()], static a => new(a));

    private static DelegateCodec<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>[]> SortedDictionary<TKey, TValue>()
        where TKey : notnull => new(static d => [.. d], static a => new(new Dictionary<TKey, TValue>(a)));

    private static DelegateCodec<ConcurrentDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>[]> ConcurrentDictionary<TKey, TValue>()
        where TKey : notnull => new(static d => d.ToArray(), static a => new(a));

    private static DelegateCodec<ReadOnlyCollection<T>, T[]> ReadOnlyCollection<T>() => new(static c => [.. c], static a => new(a));

    private static DelegateCodec<ReadOnlyDictionary<TKey, TValue>, Dictionary<TKey, TValue>> ReadOnlyDictionary<TKey, TValue>()
        where TKey : notnull => new(static d => new(d), static d => new(d));

    private static DelegateCodec<ImmutableArray<T>, T[]?> ImmutableArrayOf<T>() =>
        new(ImmutableCollectionsMarshal.AsArray, ImmutableCollectionsMarshal.AsImmutableArray, static c => c.Get<T>().IsImmutable);

    private static DelegateCodec<ImmutableList<T>, T[]> ImmutableListOf<T>() =>
        new(static l => [.. l], static a => [.. a], static c => c.Get<T>().IsImmutable);

    private static DelegateCodec<ImmutableHashSet<T>, HashSet<T>> ImmutableHashSetOf<T>() =>
        new(static s => new(s, s.KeyComparer), static s => s.ToImmutableHashSet(s.Comparer), static c => c.Get<T>().IsImmutable);

    private static DelegateCodec<ImmutableDictionary<TKey, TValue>, Dictionary<TKey, TValue>> ImmutableDictionaryOf<TKey, TValue>()
        where TKey : notnull => new(
            static d => new(d, d.KeyComparer),
            static d => d.ToImmutableDictionary(d.Comparer),
            static c => c.Get<TKey>().IsImmutable && c.Get<TValue>().IsImmutable);

    private static DelegateCodec<Memory<T>, T[]> MemoryOf<T>() => new(static m => m.ToArray(), static a => a);

    private static DelegateCodec<ReadOnlyMemory<T>, T[]> ReadOnlyMemoryOf<T>() => new(static m => m.ToArray(), static a => a);

    private static DelegateCodec<ArraySegment<T>, T[]?> Segment<T>() =>
        new(static s => s.Array is null ? null : s.ToArray(), static a => a is null ? default : new(a));

    private static DelegateCodec<Tuple<T1>, ValueTuple<T1>> Tuple1<T1>() =>
        new(static t => t.ToValueTuple(), static v => v.ToTuple(), static c => c.Get<ValueTuple<T1>>().IsImmutable);

    private static DelegateCodec<Tuple<T1, T2>, (T1, T2)> Tuple2<T1, T2>() =>
        new(static t => t.ToValueTuple(), static v => v.ToTuple(), static c => c.Get<(T1, T2)>().IsImmutable);

    private static DelegateCodec<Tuple<T1, T2, T3>, (T1, T2, T3)> Tuple3<T1, T2, T3>() =>
        new(static t => t.ToValueTuple(), static v => v.ToTuple(), static c => c.Get<(T1, T2, T3)>().IsImmutable);

    private static DelegateCodec<Tuple<T1, T2, T3, T4>, (T1, T2, T3, T4)> Tuple4<T1, T2, T3, T4>() =>
        new(static t => t.ToValueTuple(), static v => v.ToTuple(), static c => c.Get<(T1, T2, T3, T4)>().IsImmutable);

    private static DelegateCodec<Immutable<T>, T> ImmutableOf<T>() => new(static i => i.Value, static v => new(v), static _ => true);

    private static DelegateCodec<Response<T>, T?> ResponseOf<T>() =>
        new(static r => r.TypedResult, static v => new() { TypedResult = v });
}
