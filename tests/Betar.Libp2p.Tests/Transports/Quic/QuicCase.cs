using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

[Collection(QuicCollection.Name)]
public abstract class QuicCase(QuicWorld world, ITestOutputHelper output)
{
    /// <summary>Longer than anything takes here; whoever waits so long waits for nothing.</summary>
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected Task InEitherWorldAsync(Func<Task> exchange) => world.RunAsync(output, exchange);
}
