namespace Betar.Semantics.Tests.Chaos;

/// <summary>Its state is in a store that outlives the silos.</summary>
public sealed class SurvivorGrain([PersistentState("count", "shared")] IPersistentState<SurvivorState> state) : SceneGrain, ISurvivorGrain
{
    int _calls;

    public async Task<int> Increment()
    {
        state.State.Count++;
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public Task<int> Calls() => Task.FromResult(++_calls);

    public async Task Hold(string gate)
    {
        Scene.Note("holding");
        await Scene.Gate(gate);
    }

    public async Task<string> HoldAnother(ISurvivorGrain other, string gate)
    {
        try
        {
            await other.Hold(gate);
            return "ended";
        }
        catch (Exception error)
        {
            return error.GetType().Name;
        }
    }
}
