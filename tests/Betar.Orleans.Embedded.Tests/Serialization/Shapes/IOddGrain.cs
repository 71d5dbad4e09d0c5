using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests.Serialization.Shapes;

public interface ICommon<T> : IGrainWithStringKey
{
    Task<T> Get();

    Task Put(T value, CancellationToken cancellation = default);
}

internal interface IOddGrain : ICommon<List<Position>>
{
    ValueTask Nothing();

    ValueTask<int> Add(int left, int right = 5);

    [OneWay]
    void Fire(string @event);

    [AlwaysInterleave]
    [ReadOnly]
    [ResponseTimeout("00:00:05")]
    Task<Box<T>?> Generic<T>(T value, Box<T> box)
        where T : class;

    IAsyncEnumerable<Point> Stream(int count, CancellationToken cancellation);

    Task<(int, string)> Overloaded(Frozen frozen, [Immutable] byte[] bytes);

    Task<(int, string)> Overloaded(Plain[] plains, IOddGrain? other, Dictionary<string, object?> map);
}

internal interface IGenericGrain<TKey, TValue> : IGrainWithGuidKey
    where TKey : struct
{
    Task<TValue?> Find(TKey key);
}

internal static class Outer
{
    internal interface INested : IGrainWithIntegerKey
    {
        Task Ping();
    }
}
