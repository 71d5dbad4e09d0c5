namespace Betar.Grains.Trading;

/// <summary>Finds agents, this fleet's own and everybody's, by id or by name. The node answers it from its fleet and its marketplace.</summary>
public interface IAgentDirectory
{
    /// <param name="agent">A DID, "peer id/DID", or a name that only one agent has.</param>
    /// <param name="acceptUnverified">Also what nobody has signed for.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    /// <returns>The offer, or why there is none: unknown, more than one of that name, or not to be bought.</returns>
    ValueTask<Outcome<AgentOffer>> FindAsync(string agent, bool acceptUnverified, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<AgentOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken);
}
