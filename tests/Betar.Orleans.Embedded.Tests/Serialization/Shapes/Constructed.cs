using Orleans;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization.Shapes;

[GenerateSerializer]
public sealed class WithDefaults
{
    [field: NonSerialized]
    public bool ConstructorRan { get; } = true;

    [Id(0)]
    public int Kept { get; set; }

    [field: NonSerialized]
    public int Left { get; set; } = 5;
}

[GenerateSerializer]
public sealed class WithPrivateConstructor
{
    [NonSerialized]
    private readonly bool _constructorRan;

    private WithPrivateConstructor() => _constructorRan = true;

    public bool ConstructorRan => _constructorRan;

    public static WithPrivateConstructor Make() => new();
}

[GenerateSerializer]
public sealed class WithoutDefaults(string text)
{
    [Id(0)]
    public string Text { get; } = text;

    [field: NonSerialized]
    public bool ConstructorRan { get; } = true;
}

[GenerateSerializer]
[method: GeneratedActivatorConstructor]
public sealed class WithService(Serializer service)
{
    [field: NonSerialized]
    public Serializer Service { get; } = service;
}

[SerializerTransparent]
public abstract class Transparent
{
    public static string Shared => "";
}

[GenerateSerializer]
public sealed class OnTransparent : Transparent
{
    [Id(0)]
    public int Value { get; set; }
}

[GenerateSerializer]
public sealed class Sparse
{
    [Id(0)]
    public int First { get; set; }

    [Id(15)]
    public string? Second { get; set; }

    [Id(400)]
    public long Third { get; set; }

    [Id(uint.MaxValue)]
    public int Last { get; set; }
}

[GenerateSerializer]
public sealed class WithBodies
{
    [NonSerialized]
    private int _half;

    public WithBodies(int value) => Value = value;

    [Id(0)]
    private int Value
    {
        get => _half * 2 + 1;
        set => _half = value / 2;
    }

    public int Read() => Value;
}

public sealed class Foreign(int number, string[] texts)
{
    public int Number { get; } = number;

    public string[] Texts { get; } = texts;
}

[GenerateSerializer]
internal struct ForeignSurrogate
{
    [Id(0)]
    public int Number;

    [Id(1)]
    public string[] Texts;
}

[RegisterConverter]
internal sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Number, surrogate.Texts);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Number = value.Number, Texts = value.Texts };
}

public sealed record ForeignBox<T>(T Content);

[GenerateSerializer]
internal struct ForeignBoxSurrogate<T>
{
    [Id(0)]
    public T Content;
}

[RegisterConverter]
internal sealed class ForeignBoxConverter<T> : IConverter<ForeignBox<T>, ForeignBoxSurrogate<T>>
{
    public ForeignBox<T> ConvertFromSurrogate(in ForeignBoxSurrogate<T> surrogate) => new(surrogate.Content);

    public ForeignBoxSurrogate<T> ConvertToSurrogate(in ForeignBox<T> value) => new() { Content = value.Content };
}
