using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Every agent whose id says its price, but those that are called gone.</summary>
internal sealed class FakeDirectory : IAgentDirectory
{
    public ValueTask<Outcome<AgentOffer>> FindAsync(string agent, bool acceptUnverified, CancellationToken cancellationToken) =>
        ValueTask.FromResult(agent.Split('-') is [not "gone", var price, ..]
            ? (Outcome<AgentOffer>)new AgentOffer { AgentId = agent, Name = agent, PriceAtomic = price, Seller = "seller" }
            : new Refusal { Code = RefusalCodes.UnknownAgent, Message = $"Nobody lists {agent}." });

    public ValueTask<IReadOnlyList<AgentOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
}
