using Betar.Grains.Abstractions.Conversations;
using Betar.Grains.Buying;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Conversations;

/// <summary>A window over the last exchanges; what falls out of it is gone.</summary>
internal sealed class ConversationGrain(
    [PersistentState("conversation", BetarStorage.Name)] IPersistentState<ConversationState> state, IOptions<ConversationOptions> options) : Grain, IConversationGrain
{
    public Task<List<RememberedTurn>> Recall(int turns) => Task.FromResult(Window(state.State.Turns, turns));

    public async Task Remember(RememberedTurn turn, int turns)
    {
        if (turns < 1 || ConversationWindow.Size(turn) > options.Value.MaxBytes)
            return;
        state.State.Turns = Window([.. state.State.Turns, turn], turns);
        await state.WriteOrLeaveAsync(this);
    }

    public async Task<bool> Forget()
    {
        if (state.State.Turns.Count == 0)
            return false;
        await state.ClearStateAsync();
        state.State.Turns = [];
        DeactivateOnIdle();
        return true;
    }

    private List<RememberedTurn> Window(IReadOnlyList<RememberedTurn> all, int turns) =>
        ConversationWindow.Of(all, Math.Min(turns, options.Value.MaxTurns), options.Value.MaxBytes);
}
