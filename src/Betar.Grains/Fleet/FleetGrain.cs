using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Listings;
using Betar.Grains.Listings;
using Betar.Storage.Agents;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

/// <summary>The one place where agents are declared and retired. The agent table owns the rows; this grain orders the changes.</summary>
internal sealed partial class FleetGrain(
    IAgentTable table, IOfferBook book, IExecutorFactory executors, IListingDesk listings, ILogger<FleetGrain> log) : Grain, IFleetGrain
{
    public async Task<Outcome<AgentSpec>> Declare(AgentSpec spec)
    {
        if (AgentSpecCheck.Find(spec, executors) is { } refusal)
            return refusal;

        byte[] row = AgentRow.Encode(spec);
        if (book.TryGet(spec.AgentId, out _) && await table.FindAsync(spec.AgentId, CancellationToken.None) is { } stored && stored.Span.SequenceEqual(row))
            return spec;
        await table.PutAsync(spec.AgentId, row, CancellationToken.None);
        Outcome<AgentSpec> applied = await GrainFactory.GetGrain<IAgentGrain>(spec.AgentId).Apply(spec);
        if (applied.IsOk)
        {
            book.Put(spec);
            if (listings.IsOpen)
                await GrainFactory.GetGrain<IListingGrain>(spec.AgentId).Refresh();
            LogDeclared(log, spec.Name, spec.AgentId, spec.PriceAtomic);
        }
        return applied;
    }

    public async Task<Outcome<int>> DeclareAll(List<AgentSpec> specs)
    {
        foreach (AgentSpec spec in specs)
            if (AgentSpecCheck.Find(spec, executors) is { } refusal)
                return refusal;

        // What stands in the book stands in the table too, and may be at work; what does not is read by its grain when somebody first asks for it.
        List<AgentSpec> changed = [.. specs.Where(spec => !book.TryGet(spec.AgentId, out AgentSpec? known) || known != spec)];
        await Task.WhenAll(changed.Select(spec => table.PutAsync(spec.AgentId, AgentRow.Encode(spec), CancellationToken.None).AsTask()));
        foreach (AgentSpec spec in changed)
        {
            if (book.TryGet(spec.AgentId, out _))
                await GrainFactory.GetGrain<IAgentGrain>(spec.AgentId).Apply(spec);
            book.Put(spec);
            LogDeclared(log, spec.Name, spec.AgentId, spec.PriceAtomic);
        }
        if (listings.IsOpen)
            await Task.WhenAll(changed.Select(spec => GrainFactory.GetGrain<IListingGrain>(spec.AgentId).Refresh()));
        return changed.Count;
    }

    public async Task<bool> Retire(string agentId)
    {
        book.Remove(agentId);
        bool existed = await table.RemoveAsync(agentId, CancellationToken.None);
        if (listings.IsOpen)
            await GrainFactory.GetGrain<IListingGrain>(agentId).Delist();
        if (existed)
            await GrainFactory.GetGrain<IAgentGrain>(agentId).Retire();
        return existed;
    }

    public async Task<List<AgentSpec>> List()
    {
        List<AgentSpec> specs = [];
        await foreach (AgentTableRow row in table.ReadAllAsync(CancellationToken.None))
            specs.Add(AgentRow.Decode(row.Spec));
        return specs;
    }
}
