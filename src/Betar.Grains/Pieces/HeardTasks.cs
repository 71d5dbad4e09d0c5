using Betar.Grains.Abstractions.Agents;
using Betar.X402.Pieces;

namespace Betar.Grains.Pieces;

/// <summary>Tasks whose pieces somebody hears.</summary>
internal static class HeardTasks
{
    /// <summary>Runs a task that nobody paid for, and hands on its pieces.</summary>
    public static async Task<AgentTaskResult> RunHeardAsync(
        this IAgentGrain agent, AgentTask task, Func<string, ValueTask> listener, CancellationToken cancellationToken)
    {
        await foreach (AgentTaskPiece piece in agent.RunStreamed(task, cancellationToken).WithCancellation(cancellationToken))
        {
            if (piece.Result is { } result)
                return result;
            await listener(piece.Text);
        }
        return new AgentTaskResult { Succeeded = false, Code = RefusalCodes.ExecutionFailed, Reason = "The agent ended without a result." };
    }

    /// <summary>Never waits.</summary>
    public static ValueTask Take(this IPieceSink pieces, string text)
    {
        pieces.Add(text);
        return ValueTask.CompletedTask;
    }
}
