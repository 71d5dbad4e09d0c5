using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Serialization.Travel;

/// <summary>References in every place where one can stand.</summary>
[GenerateSerializer]
public sealed class Luggage
{
    [Id(0)]
    public ITravelGrain? Direct { get; set; }

    [Id(1)]
    public object? Boxed { get; set; }

    [Id(2)]
    public List<ITravelGrain> Listed { get; set; } = [];

    [Id(3)]
    public Dictionary<string, IAddressable> Mapped { get; set; } = [];
}
