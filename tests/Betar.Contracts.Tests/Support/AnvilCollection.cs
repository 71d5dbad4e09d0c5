namespace Betar.Contracts.Tests.Support;

/// <summary>One chain for all: its tests run one after the other, each from the same state.</summary>
[CollectionDefinition(Name)]
public sealed class AnvilCollection : ICollectionFixture<Anvil>
{
    public const string Name = "anvil";
}
