using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

/// <summary>What an agent remembers of who asks. A memory that cannot be read or written costs the memory, never the task.</summary>
internal sealed partial class AgentMemory(IGrainFactory grains, ILogger log)
{
    public async Task<IReadOnlyList<ConversationTurn>> RecallAsync(AgentSpec spec, AgentTask task)
    {
        if (spec.MemoryTurns < 1 || task.Remembered.Length == 0)
            return [];
        try
        {
            List<RememberedTurn> turns = await Of(spec, task).Recall(spec.MemoryTurns);
            return [.. turns.Select(turn => new ConversationTurn(turn.Input, turn.Output))];
        }
        catch (Exception fault)
        {
            LogNotRead(log, fault, spec.Name);
            return [];
        }
    }

    public async Task RememberAsync(AgentSpec spec, AgentTask task, string output)
    {
        if (spec.MemoryTurns < 1 || task.Remembered.Length == 0)
            return;
        try
        {
            await Of(spec, task).Remember(new RememberedTurn { Input = task.Input, Output = output }, spec.MemoryTurns);
        }
        catch (Exception fault)
        {
            LogNotWritten(log, fault, spec.Name);
        }
    }

    private IConversationGrain Of(AgentSpec spec, AgentTask task) =>
        grains.GetGrain<IConversationGrain>(IConversationGrain.Key(spec.AgentId, task.Remembered));
}
