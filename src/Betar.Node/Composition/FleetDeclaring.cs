using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Fleet;
using Betar.Node.Configuration;
using Betar.Node.Errors;
using Betar.Storage.Agents;

namespace Betar.Node.Composition;

/// <summary>Brings the fleet to what is declared.</summary>
internal static class FleetDeclaring
{
    /// <summary>Agents that are declared together: one write of the store, and a message that stays small.</summary>
    private const int Together = 1_000;

    /// <summary>What was declared before, so that it is sold from the first moment on.</summary>
    public static async Task<OfferBook> LoadOffersAsync(IAgentTable table, CancellationToken cancellationToken)
    {
        var offers = new OfferBook();
        await foreach (AgentTableRow row in table.ReadAllAsync(cancellationToken))
            offers.Put(AgentRow.Decode(row.Spec));
        return offers;
    }

    /// <summary>What is new or changed is declared, what is gone is retired, apart from what was declared while the node ran.</summary>
    /// <returns>The ids that are declared.</returns>
    public static async Task<HashSet<string>> DeclareAsync(SellerNode node, IReadOnlyList<AgentDeclaration> agents)
    {
        IFleetGrain fleet = node.Grains.GetGrain<IFleetGrain>(IFleetGrain.Key);
        string payee = Address.FromKey(node.Keys.Payee).ToString();
        Dictionary<string, AgentSpec> declared = agents
            .Select(agent => AgentSpecs.Of(agent, node.Identity.AgentId(agent.Name), payee))
            .ToDictionary(spec => spec.AgentId, StringComparer.Ordinal);
        foreach (AgentSpec gone in await fleet.List())
            if (!declared.ContainsKey(gone.AgentId) && !gone.IsKept)
                await fleet.Retire(gone.AgentId);
        foreach (AgentSpec[] specs in declared.Values.Chunk(Together))
        {
            Outcome<int> outcome = await fleet.DeclareAll([.. specs]);
            if (!outcome.IsOk)
                throw new CliRefusedException(Refusals.Of(outcome.Refusal));
        }
        return [.. declared.Keys.Select(id => node.Offers.TryGet(id, out AgentSpec? kept) ? kept.AgentId : id)];
    }
}
