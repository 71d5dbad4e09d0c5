using Orleans;

namespace Betar.Storage.Tests.GrainState;

/// <summary>A state whose class cannot be made without its values.</summary>
[GenerateSerializer]
[Alias("betar.storage.tests.sealed-order")]
public sealed record SealedOrder([property: Id(0)] string Name, [property: Id(1)] int Count);

/// <summary>A state that points at itself and holds one list twice.</summary>
[GenerateSerializer]
[Alias("betar.storage.tests.knot")]
public sealed class Knot
{
    [Id(0)]
    public Knot? Self { get; set; }

    [Id(1)]
    public List<string> Left { get; set; } = [];

    [Id(2)]
    public List<string> Right { get; set; } = [];
}

[GenerateSerializer]
[Alias("betar.storage.tests.balance")]
public record struct Balance([property: Id(0)] long Units);
