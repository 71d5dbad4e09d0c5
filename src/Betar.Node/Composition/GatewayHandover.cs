using Betar.Grains.Gateway;
using Betar.Node.Presence;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Node.Composition;

/// <summary>The end of a node's gateway: no silo takes it over any more, the one that has it finishes what was paid for, and the host goes.</summary>
internal sealed class GatewayHandover(SiloGroup silos, FleetPresences presences) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        GatewayKeeper[] keepers = [.. silos.All.Select(silo => silo.GetRequiredService<GatewayKeeper>())];
        await Task.WhenAll(keepers.Select(keeper => keeper.RetireAsync()));
        await Task.WhenAll(keepers.Select(keeper => keeper.StopAsync(CancellationToken.None)));
        await presences.EndAsync();
    }
}
