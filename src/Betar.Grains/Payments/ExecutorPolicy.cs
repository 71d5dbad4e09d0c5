using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;

namespace Betar.Grains.Payments;

/// <summary>Both the spec and the executor must allow it; an agent that is gone may not.</summary>
internal sealed class ExecutorPolicy(IOfferBook book, IExecutorFactory executors) : IExecutorPolicy
{
    public bool MayRetry(string agentId) => book.TryGet(agentId, out AgentSpec? spec) && spec.MayRetry && IsRepeatable(spec);

    public int RetriesOf(string agentId) => book.TryGet(agentId, out AgentSpec? spec) && IsRepeatable(spec) ? spec.Retries : 0;

    private bool IsRepeatable(AgentSpec spec) => executors.Create(spec.Executor) is { IsIdempotent: true };
}
