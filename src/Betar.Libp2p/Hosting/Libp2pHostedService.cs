using Microsoft.Extensions.Hosting;

namespace Betar.Libp2p.Hosting;

/// <summary>Ties a host's life to the application's.</summary>
internal sealed class Libp2pHostedService(Libp2pHost host) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => host.StopAsync(cancellationToken);
}
