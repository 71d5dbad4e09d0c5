namespace Betar.Semantics.Tests.State;

[GenerateSerializer]
public sealed class Account
{
    [Id(0)]
    public int Balance { get; set; } = 100;

    [Id(1)]
    public List<string> Entries { get; set; } = [];
}
