namespace Betar.Interop.Tests.X402;

/// <summary>The cases run one after the other over one process.</summary>
[CollectionDefinition(Name)]
public sealed class OfficialCollection : ICollectionFixture<OfficialFixture>
{
    public const string Name = "official x402";
}
