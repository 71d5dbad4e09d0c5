namespace Betar.Semantics.Tests.Serialization.Contracts;

[GenerateSerializer]
public sealed class OldOrder
{
    [Id(0)]
    public int Number { get; set; }

    [Id(2)]
    public string Text { get; set; } = "default";
}
