namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>The tests that need QUIC, which share one note on what this machine let them do.</summary>
[CollectionDefinition(Name)]
public sealed class QuicCollection : ICollectionFixture<QuicWorld>
{
    public const string Name = "QUIC";
}
