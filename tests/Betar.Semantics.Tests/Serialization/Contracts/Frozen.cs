namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>Promises never to change, so it is not copied.</summary>
[GenerateSerializer]
[Immutable]
public sealed class Frozen
{
    [Id(0)]
    public string? Text { get; set; }
}
