using Betar.Semantics.Tests.Serialization.Contracts;

namespace Betar.Semantics.Tests.Serialization;

public interface IEchoGrain : IGrainWithStringKey, IPlaced
{
    Task<T> Echo<T>(T value);

    Task<object?> EchoObject(object? value);

    Task<Point?> EchoPoint(Point? value);

    Task<string> Describe(Fields value);

    Task<double> AreaOf(Drawing drawing);

    Task<string> TypeOf(object? value);

    Task<bool> AreOne(object one, object other);

    Task<bool> IsCycle(Node node);

    /// <summary>Changes what it was given, and keeps it.</summary>
    Task Spoil(List<int> list);

    Task SpoilHolder(Holder holder);

    /// <summary>Gives out a list that it keeps.</summary>
    Task<List<int>> Kept();

    Task Keep(object value);

    /// <summary>True when the value is the very object that was kept.</summary>
    Task<bool> IsKept(object value);

    Task Throw(string kind);

    ValueTask<int> Twice(int value);

    ValueTask Nothing();

    Task<string> Defaults(int number = 5, string text = "text");

    Task<int> Sum(params int[] numbers);

    Task<Immutable<List<int>>> Wrapped(Immutable<List<int>> list);
}
