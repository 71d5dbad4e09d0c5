namespace Betar.Interop.Tests.Partner;

/// <summary>The cases run one after the other: two processes share the machine's cores already.</summary>
[CollectionDefinition(Name)]
public sealed class PartnerCollection : ICollectionFixture<PartnerFixture>
{
    public const string Name = "js-libp2p";
}
