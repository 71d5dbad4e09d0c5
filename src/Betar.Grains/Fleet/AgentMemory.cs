using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

/// <summary>What an agent remembers of who asks. A memory that cannot be read or written costs the memory, never the task.</summary>
internal sealed partial class AgentMemory(IGrainFactory grains, ILogger log)
{
    /// <returns>The task with what its agent remembers.</returns>
    public async Task<ExecutionRequest> RecallAsync(AgentSpec spec, AgentTask task, ExecutionRequest request)
    {
        if (spec.MemoryTurns < 1 || task.Remembered.Length == 0)
            return request;
        try
        {
            Recollection known = await Of(spec, task.Remembered).Recall(spec.Memory);
            return request with { Summary = known.Summary, Memory = Turns(known.Turns) };
        }
        catch (Exception fault)
        {
            LogNotRead(log, fault, spec.Name);
            return request;
        }
    }

    /// <returns>What is due for the summary; null: nothing.</returns>
    public async Task<CondensingWork?> RememberAsync(AgentSpec spec, AgentTask task, string output)
    {
        if (spec.MemoryTurns < 1 || task.Remembered.Length == 0)
            return null;
        try
        {
            return await Of(spec, task.Remembered).Remember(new RememberedTurn { Input = task.Input, Output = output }, spec.Memory);
        }
        catch (Exception fault)
        {
            LogNotWritten(log, fault, spec.Name);
            return null;
        }
    }

    public Task<bool> CondenseAsync(AgentSpec spec, string caller, CondensingWork work, string summary) => Of(spec, caller).Condense(work, summary);

    public static IReadOnlyList<ConversationTurn> Turns(IEnumerable<RememberedTurn> turns) => [.. turns.Select(turn => new ConversationTurn(turn.Input, turn.Output))];

    private IConversationGrain Of(AgentSpec spec, string caller) => grains.GetGrain<IConversationGrain>(IConversationGrain.Key(spec.AgentId, caller));
}
