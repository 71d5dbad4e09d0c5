using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;

namespace Betar.Cluster.Tests.Trading;

/// <summary>Offers as a test wrote them, and what was said of their sellers.</summary>
internal sealed class TestDirectory : IAgentDirectory, IContactReports
{
    public Dictionary<string, AgentOffer> Offers { get; } = new(StringComparer.Ordinal);

    public List<(string Agent, bool Answered)> Contacts { get; } = [];

    public ValueTask<Outcome<AgentOffer>> FindAsync(string agent, bool acceptUnverified, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Offers.TryGetValue(agent, out AgentOffer? offer)
            ? (Outcome<AgentOffer>)offer
            : new Refusal { Code = RefusalCodes.UnknownAgent, Message = $"Nobody lists {agent}." });

    public ValueTask<IReadOnlyList<AgentOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<AgentOffer>>(
            [.. Offers.Values.Where(offer => offer.Name.Contains(text, StringComparison.Ordinal)).OrderBy(offer => offer.Name, StringComparer.Ordinal).Take(limit)]);

    public void Report(AgentOffer offer, bool answered, TimeSpan latency) => Contacts.Add((offer.AgentId, answered));
}
