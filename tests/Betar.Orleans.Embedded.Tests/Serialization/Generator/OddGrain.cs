using System.Runtime.CompilerServices;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>The callee of the tests of references.</summary>
internal sealed class OddGrain : IOddGrain
{
    public List<string> Fired { get; } = [];

    public List<Position>? Stored { get; private set; }

    public CancellationToken Token { get; private set; }

    public TaskCompletionSource Entered { get; } = new();

    public Plain[]? Plains { get; private set; }

    public Task<List<Position>> Get() => Task.FromResult(new List<Position> { new(1, "n", 2) });

    public async Task Put(List<Position> value, CancellationToken cancellation = default)
    {
        Stored = value;
        Token = cancellation;
        Entered.SetResult();
        if (value.Count == 0)
            await Task.Delay(Timeout.Infinite, cancellation);
    }

    public ValueTask Nothing() => default;

    public ValueTask<int> Add(int left, int right = 5) => new(left + right);

    public void Fire(string @event) => Fired.Add(@event);

    public Task<Box<T>?> Generic<T>(T value, Box<T> box)
        where T : class => Task.FromResult<Box<T>?>(new Box<T>(value) { More = [box.Value] });

    public async IAsyncEnumerable<Point> Stream(int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.CompletedTask;
            cancellation.ThrowIfCancellationRequested();
            yield return new(i, i);
        }
    }

    public Task<(int, string)> Overloaded(Frozen frozen, byte[] bytes) => Task.FromResult((frozen.Values.Length + bytes.Length, "first"));

    public Task<(int, string)> Overloaded(Plain[] plains, IOddGrain? other, Dictionary<string, object?> map)
    {
        Plains = plains;
        return plains.Length == 0 ? throw new MarkedException("empty", 3) : Task.FromResult((map.Count, "second"));
    }
}
