using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Fleet;

/// <summary>The offers of one process, shared by its silos.</summary>
public sealed class OfferBook : IOfferBook
{
    private readonly ConcurrentDictionary<string, AgentSpec> _offers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AgentSpec> All => [.. _offers.Values.OrderBy(spec => spec.Name, StringComparer.Ordinal)];

    /// <summary>An agent is named by its DID, or by "peer id/DID".</summary>
    public bool TryGet(string agentId, [NotNullWhen(true)] out AgentSpec? spec)
    {
        int slash = agentId.IndexOf('/', StringComparison.Ordinal);
        return _offers.TryGetValue(slash < 0 ? agentId : agentId[(slash + 1)..], out spec);
    }

    public void Put(AgentSpec spec) => _offers[spec.AgentId] = spec;

    public void Remove(string agentId) => _offers.TryRemove(agentId, out _);
}
