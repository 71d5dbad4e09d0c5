namespace Betar.Node.Tests.Interop;

[CollectionDefinition(Name)]
public sealed class TradeCollection : ICollectionFixture<TradeWorld>
{
    public const string Name = "js-libp2p buys and sells";
}
