namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public sealed class Box<T>
{
    [Id(0)]
    public T? Value { get; set; }

    [Id(1)]
    public List<T> More { get; set; } = [];
}
