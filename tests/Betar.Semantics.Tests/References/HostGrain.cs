namespace Betar.Semantics.Tests.References;

public sealed class HostGrain([PersistentState("kept")] IPersistentState<KeptGuest> kept) : SceneGrain, IHostGrain
{
    public Task<string> Ask(IGuestGrain guest) => guest.NameAtAnyTime();

    public async Task<string> AskAll(GuestList list)
    {
        var names = new List<string>();
        foreach (var guest in list.Guests.Concat(list.ByName.Values))
        {
            names.Add(await guest.Name());
        }

        return string.Join(",", names);
    }

    public Task<IGuestGrain> Introduce(string key) => Task.FromResult(GrainFactory.GetGrain<IGuestGrain>(key));

    public Task<bool> IsNull(IGuestGrain? guest) => Task.FromResult(guest is null);

    public async Task Keep(IGuestGrain guest)
    {
        kept.State.Guest = guest;
        await kept.WriteStateAsync();
    }

    public Task<string> AskKept() => kept.State.Guest!.Name();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Scene.Note("left");
        return Task.CompletedTask;
    }
}
