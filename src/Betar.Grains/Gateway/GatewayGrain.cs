using Betar.Grains.Abstractions.Gateway;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Betar.Grains.Gateway;

/// <summary>Says which silo should be the gateway; the lease says which one may. The work is its silo's holder's, so that no turn ever waits for a host.</summary>
[KeepAlive, Reentrant, PreferLocalPlacement]
internal sealed class GatewayGrain(GatewayHolder holder) : Grain, IGatewayGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        holder.Want();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => holder.LetGoAsync();

    public Task<GatewayStatus> Ensure()
    {
        GatewayStatus status = holder.Status;
        if (status.State == GatewayState.Lost)
            DeactivateOnIdle();
        return Task.FromResult(status);
    }

    public ValueTask<GatewayStatus> GetStatus() => ValueTask.FromResult(holder.Status);

    public Task Yield(long epoch)
    {
        if (holder.Status.Epoch <= epoch)
            DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
