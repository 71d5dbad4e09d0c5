namespace Betar.Semantics.Tests.Chaos;

[GenerateSerializer]
public sealed class SurvivorState
{
    [Id(0)]
    public int Count { get; set; }
}
