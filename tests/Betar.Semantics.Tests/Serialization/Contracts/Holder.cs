namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public sealed class Holder
{
    [Id(0)]
    public Frozen? Frozen { get; set; }

    [Id(1)]
    [Immutable]
    public List<int>? FrozenList { get; set; }

    [Id(2)]
    public List<int>? List { get; set; }
}
