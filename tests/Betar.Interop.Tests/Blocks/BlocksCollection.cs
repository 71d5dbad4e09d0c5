namespace Betar.Interop.Tests.Blocks;

[CollectionDefinition(Name)]
public sealed class BlocksCollection : ICollectionFixture<BlocksFixture>
{
    public const string Name = "js-bitswap";
}
