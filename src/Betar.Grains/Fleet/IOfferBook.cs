using System.Diagnostics.CodeAnalysis;
using Betar.Grains.Abstractions.Agents;

namespace Betar.Grains.Fleet;

/// <summary>
/// What this process sells, read without a grain call: a request of a stranger must not be able to activate anything.
/// Filled from the agent table at start and by the fleet grain at each change.
/// </summary>
public interface IOfferBook
{
    bool TryGet(string agentId, [NotNullWhen(true)] out AgentSpec? spec);

    void Put(AgentSpec spec);

    void Remove(string agentId);

    IReadOnlyCollection<AgentSpec> All { get; }
}
