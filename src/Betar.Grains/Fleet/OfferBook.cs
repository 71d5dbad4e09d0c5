using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Fleet;

/// <summary>The offers of one process, shared by its silos.</summary>
public sealed class OfferBook : IOfferBook
{
    private readonly ConcurrentDictionary<string, AgentSpec> _offers = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AgentSpec> All => [.. _offers.Values.OrderBy(spec => spec.Name, StringComparer.Ordinal)];

    public bool TryGet(string agentId, [NotNullWhen(true)] out AgentSpec? spec) => _offers.TryGetValue(AgentName.Id(agentId), out spec);

    public void Put(AgentSpec spec) => _offers[spec.AgentId] = spec;

    public void Remove(string agentId) => _offers.TryRemove(agentId, out _);
}
