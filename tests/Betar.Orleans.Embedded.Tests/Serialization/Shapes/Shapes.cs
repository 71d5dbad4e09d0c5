using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests.Serialization.Shapes;

[GenerateSerializer]
public class Plain
{
    [Id(0)]
    public int Number { get; set; }

    [Id(1)]
    public string? Text { get; set; }

    [Id(20)]
    public List<int> Numbers { get; set; } = [];

    [Id(3)]
    internal Plain? Next { get; set; }

    [Id(4)]
    private Guid _secret;

    public Guid Secret
    {
        get => _secret;
        set => _secret = value;
    }
}

[GenerateSerializer]
public sealed record Position(int X, string Name, [property: Id(3)] decimal Amount)
{
    [Id(0)]
    public DateTimeOffset At { get; init; }
}

[GenerateSerializer]
public readonly record struct Point(double X, double Y);

[GenerateSerializer]
public struct Mutable
{
#pragma warning disable CA1051 // Fields are what is tested.
    [Id(0)]
    public int[]? Numbers;

    [Id(1)]
    public readonly long Fixed;

#pragma warning restore CA1051
    public Mutable(long value)
    {
        Fixed = value;
    }
}

[GenerateSerializer]
[Alias("shape")]
public abstract class Shape
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public Color Color { get; set; }
}

[GenerateSerializer]
public sealed class Circle : Shape
{
    [Id(0)]
    public double Radius { get; private set; }

    public Circle WithRadius(double radius)
    {
        Radius = radius;
        return this;
    }
}

[GenerateSerializer]
public class Box<T>(T value)
{
    [Id(0)]
    public T Value { get; } = value;

    [Id(1)]
    public ImmutableArray<T> More { get; init; } = [];

    [GenerateSerializer]
    public sealed record Inner<TOther>(T First, TOther Second)
        where TOther : struct;
}

[GenerateSerializer]
public enum Color : byte
{
    Red,
    Green = 200,
}

public enum Unmarked
{
    A = 7,
}

[GenerateSerializer]
[Immutable]
public sealed class Frozen
{
    [Id(0)]
    public int[] Values { get; init; } = [];
}

[GenerateSerializer]
public class Everything
{
    [Id(0)]
    public object? Anything { get; set; }

    [Id(1)]
    public IReadOnlyList<string>? Strings { get; set; }

    [Id(2)]
    public Dictionary<string, Position>? Positions { get; set; }

    [Id(3)]
    public Immutable<int[]> Wrapped { get; set; }

    [Id(4)]
    public (int A, string B) Pair { get; set; }

    [Id(5)]
    public Point? Maybe { get; set; }
}

[GenerateSerializer]
public sealed class MarkedException : InvalidOperationException
{
    public MarkedException(string message, int code, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
    }

    [Id(0)]
    public int Code { get; }
}
