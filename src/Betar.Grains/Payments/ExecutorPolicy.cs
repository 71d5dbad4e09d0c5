using System.Collections.Concurrent;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;

namespace Betar.Grains.Payments;

/// <summary>Both the spec and the executor must allow it; an agent that is gone may not.</summary>
internal sealed class ExecutorPolicy(IOfferBook book, IExecutorFactory executors) : IExecutorPolicy
{
    private readonly ConcurrentDictionary<string, (ExecutorSpec Executor, bool IsRepeatable)> _known = new(StringComparer.Ordinal);

    public bool MayRetry(string agentId) => book.TryGet(agentId, out AgentSpec? spec) && spec.MayRetry && IsRepeatable(spec);

    public int RetriesOf(string agentId) => book.TryGet(agentId, out AgentSpec? spec) && IsRepeatable(spec) ? spec.Retries : 0;

    public bool KeepsFailed(string agentId) => book.TryGet(agentId, out AgentSpec? spec) && spec.KeepsFailed;

    /// <summary>An executor that was only asked holds nothing that would have to be given back.</summary>
    private bool IsRepeatable(AgentSpec spec)
    {
        if (_known.TryGetValue(spec.AgentId, out (ExecutorSpec Executor, bool IsRepeatable) known) && known.Executor == spec.Executor)
            return known.IsRepeatable;
        bool isRepeatable = executors.Create(spec.Executor) is { IsIdempotent: true };
        _known[spec.AgentId] = (spec.Executor, isRepeatable);
        return isRepeatable;
    }
}
