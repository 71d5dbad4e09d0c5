namespace Betar.Semantics.Tests.References;

[GenerateSerializer]
public sealed class GuestList
{
    [Id(0)]
    public List<IGuestGrain> Guests { get; set; } = [];

    [Id(1)]
    public Dictionary<string, IGuestGrain> ByName { get; set; } = [];
}
