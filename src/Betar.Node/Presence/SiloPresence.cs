using Betar.Grains.Gateway;
using Betar.Grains.Selling;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Node.Presence;

/// <summary>The fleet's host as one silo opens it.</summary>
internal sealed class SiloPresence(FleetPresences fleet, int silo, IServiceProvider services) : IFleetPresence
{
    private OpenPresence? _mine;

    public async Task<IReadOnlyList<string>> OpenAsync(PresenceTerm term, CancellationToken cancellationToken)
    {
        OpenPresence presence = await fleet.BeginAsync(term, cancellationToken);
        Volatile.Write(ref _mine, presence);
        try
        {
            await presence.OpenAsync(services.GetRequiredService<SalesDesk>(), fleet.ListenOf(silo), fleet.Show, cancellationToken);
            fleet.OnOpened(presence, silo);
            return [.. presence.Addresses.Select(address => address.ToString())];
        }
        catch (Exception fault)
        {
            if (fault is not OperationCanceledException)
                fleet.OnNotOpened(fault);
            await presence.SilenceAsync();
            await presence.DisposeAsync();
            throw;
        }
    }

    public Task DrainAsync(CancellationToken cancellationToken) => Volatile.Read(ref _mine)?.DrainAsync(cancellationToken) ?? Task.CompletedTask;

    public async Task CloseAsync()
    {
        if (Volatile.Read(ref _mine) is not { } presence)
            return;
        await presence.SilenceAsync();
        fleet.PutAway(presence);
    }
}
