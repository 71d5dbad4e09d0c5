using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Runtime;

/// <summary>The node is made when the host starts, not before: its cluster must have a silo by then.</summary>
internal sealed class ClientHostedService(IServiceProvider services) : IHostedService
{
    private ClientNode? _node;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _node = services.GetRequiredService<ClientNode>();
        _node.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _node?.Stop();
        return Task.CompletedTask;
    }
}
