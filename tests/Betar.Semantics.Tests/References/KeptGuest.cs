namespace Betar.Semantics.Tests.References;

[GenerateSerializer]
public sealed class KeptGuest
{
    [Id(0)]
    public IGuestGrain? Guest { get; set; }
}
