namespace Betar.Semantics.Tests.State;

[GenerateSerializer]
public sealed record Settings
{
    [Id(0)]
    public string? Theme { get; set; }
}
