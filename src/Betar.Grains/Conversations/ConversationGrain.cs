using System.Text;
using Betar.Grains.Abstractions.Conversations;
using Betar.Grains.Buying;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Conversations;

/// <summary>A window over the last exchanges. What falls out of it is gone, or goes into a summary, which somebody with a model makes.</summary>
internal sealed class ConversationGrain(
    [PersistentState("conversation", BetarStorage.Name)] IPersistentState<ConversationState> state, IOptions<ConversationOptions> options) : Grain, IConversationGrain
{
    /// <summary>How many times the window may wait for a summary before what waits longest is let go.</summary>
    private const int MostWindows = 3;

    public Task<Recollection> Recall(MemoryPolicy policy)
    {
        string summary = policy.SummaryBytes > 0 ? state.State.Summary : "";
        int shown = policy.SummaryBytes > 0 ? ConversationWindow.Shown(WindowOf(policy)) : WindowOf(policy);
        return Task.FromResult(new Recollection { Summary = summary, Turns = ConversationWindow.Of(state.State.Turns, shown, options.Value.MaxBytes - Encoding.UTF8.GetByteCount(summary)) });
    }

    public async Task<CondensingWork?> Remember(RememberedTurn turn, MemoryPolicy policy)
    {
        if (policy.Turns < 1 || ConversationWindow.Size(turn) > options.Value.MaxBytes)
            return null;
        if (policy.SummaryBytes > 0)
            Keep(turn, ConversationWindow.Of(state.State.Turns, (MostWindows * WindowOf(policy)) - 1, options.Value.MaxBytes));
        else
            KeepWindow(turn, policy);
        await state.WriteOrLeaveAsync(this);
        return policy.SummaryBytes > 0 ? Due(policy) : null;
    }

    public async Task<bool> Condense(CondensingWork work, string summary)
    {
        if (state.State.Mark != work.Mark || work.Mark == Guid.Empty)
            return false;
        int condensed = (int)Math.Clamp(work.End - state.State.Gone, 0, state.State.Turns.Count);
        state.State.Turns = state.State.Turns[condensed..];
        state.State.Gone += condensed;
        state.State.Summary = summary;
        state.State.Mark = Guid.NewGuid();
        await state.WriteOrLeaveAsync(this);
        return true;
    }

    public async Task<bool> Forget()
    {
        if (state.State.Turns.Count == 0 && state.State.Summary.Length == 0)
            return false;
        await state.ClearStateAsync();
        state.State = new ConversationState();
        DeactivateOnIdle();
        return true;
    }

    private void Keep(RememberedTurn turn, List<RememberedTurn> before)
    {
        int lost = state.State.Turns.Count - before.Count;
        ConversationInstruments.OnLost(lost);
        state.State.Gone += lost;
        state.State.Turns = [.. before, turn];
        if (state.State.Mark == Guid.Empty)
            state.State.Mark = Guid.NewGuid();
    }

    /// <summary>Whoever has a window and no summary any more has none of earlier either.</summary>
    private void KeepWindow(RememberedTurn turn, MemoryPolicy policy) =>
        state.State = new ConversationState { Turns = ConversationWindow.Of([.. state.State.Turns, turn], WindowOf(policy), options.Value.MaxBytes) };

    private CondensingWork? Due(MemoryPolicy policy)
    {
        long bytes = Math.Max(options.Value.MaxBytes - policy.SummaryBytes, options.Value.MaxBytes / 2);
        int due = ConversationWindow.Due(state.State.Turns, WindowOf(policy), bytes);
        return due == 0 ? null : new CondensingWork { Mark = state.State.Mark, Summary = state.State.Summary, Turns = state.State.Turns[..due], End = state.State.Gone + due };
    }

    private int WindowOf(MemoryPolicy policy) => Math.Min(policy.Turns, options.Value.MaxTurns);
}
