using Betar.Semantics.Tests.Serialization.Contracts;

namespace Betar.Semantics.Tests.Serialization;

public sealed class EchoGrain : SceneGrain, IEchoGrain
{
    readonly List<int> _kept = [1, 2, 3];

    public Task<T> Echo<T>(T value) => Task.FromResult(value);

    public Task<object?> EchoObject(object? value) => Task.FromResult(value);

    public Task<Point?> EchoPoint(Point? value) => Task.FromResult(value);

    public Task<string> Describe(Fields value) => Task.FromResult(value.ToString());

    public Task<double> AreaOf(Drawing drawing) => Task.FromResult((drawing.Main?.Area() ?? 0) + drawing.Others.Sum(shape => shape.Area()));

    public Task<string> TypeOf(object? value) => Task.FromResult(value?.GetType().Name ?? "null");

    public Task<bool> AreOne(object one, object other) => Task.FromResult(ReferenceEquals(one, other));

    public Task<bool> IsCycle(Node node) => Task.FromResult(ReferenceEquals(node.Next!.Next, node) && ReferenceEquals(node.Friends[0], node.Friends[1]));

    public Task Spoil(List<int> list)
    {
        list.Add(99);
        return Task.CompletedTask;
    }

    public Task SpoilHolder(Holder holder)
    {
        holder.List!.Add(99);
        holder.List = null;
        return Task.CompletedTask;
    }

    public Task<List<int>> Kept() => Task.FromResult(_kept);

    public Task Keep(object value)
    {
        Scene.Kept = value;
        return Task.CompletedTask;
    }

    public Task<bool> IsKept(object value) => Task.FromResult(ReferenceEquals(Scene.Kept, value));

    public Task Throw(string kind) => throw kind switch
    {
        "system" => new ArgumentOutOfRangeException(nameof(kind), 7, "out of range"),
        "marked" => new MarkedException("marked", 42),
        "unmarked" => new UnmarkedException("its words"),
        "inner" => new InvalidOperationException("outer", new TimeoutException("inner")),
        "unmarked-inner" => new InvalidOperationException("outer", new UnmarkedException("its words")),
        "aggregate" => new AggregateException(new InvalidOperationException("one"), new TimeoutException("two")),
        "cancelled" => new OperationCanceledException("cancelled"),
        _ => new NotSupportedException(kind),
    };

    public ValueTask<int> Twice(int value) => ValueTask.FromResult(value * 2);

    public ValueTask Nothing() => ValueTask.CompletedTask;

    public Task<string> Defaults(int number = 5, string text = "text") => Task.FromResult($"{number} {text}");

    public Task<int> Sum(params int[] numbers) => Task.FromResult(numbers.Sum());

    public Task<Immutable<List<int>>> Wrapped(Immutable<List<int>> list)
    {
        Scene.Kept = list.Value;
        return Task.FromResult(list);
    }
}
