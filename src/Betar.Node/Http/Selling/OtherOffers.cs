using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Wire;

namespace Betar.Node.Http.Selling;

/// <summary>
/// The offers beside "exact", where the chain has the contracts for them: by "upto" for the tokens that a task takes, and by voucher on a channel. Both are
/// charged when the work is done.
/// </summary>
/// <param name="chain">Where they are settled.</param>
/// <param name="settler">The account that alone may settle permits, and that signs for what is claimed of channels.</param>
/// <param name="time">When to look for contracts again.</param>
internal sealed class OtherOffers(ChainLink chain, Address settler, TimeProvider time)
{
    /// <summary>Seconds between a payer's wish to leave a channel and its leaving: as long as vouchers stay unclaimed at most.</summary>
    public const ulong WithdrawDelay = 86_400;

    /// <summary>What is signed is good for the longest that the task may take, and for payment, queue and settlement.</summary>
    private const long Least = 300;
    private const long Beyond = 60;

    private readonly ContractPresence _permits = new(chain, [Permit2Contracts.Permit2, Permit2Contracts.UptoProxy], time);
    private readonly ContractPresence _channels = new(chain, [BatchContracts.Settlement, BatchContracts.Eip3009Collector], time);

    public async Task<IReadOnlyList<Requirement>> FindAsync(AgentSpec agent, CancellationToken cancellationToken)
    {
        List<Requirement> offers = [];
        if (agent.TokenPrice is { } price && await _permits.StandsAsync(cancellationToken))
            offers.Add(Of(agent, UptoScheme.SchemeName, new()
            {
                [UptoClient.FacilitatorMember] = settler.ToString(), ["perMillionInputTokens"] = $"{price.Input}", ["perMillionOutputTokens"] = $"{price.Output}",
            }));
        if (await _channels.StandsAsync(cancellationToken))
            offers.Add(Of(agent, BatchContracts.Scheme, new() { ["receiverAuthorizer"] = settler.ToString(), ["withdrawDelay"] = WithdrawDelay }));
        return offers;
    }

    private Requirement Of(AgentSpec agent, string scheme, Dictionary<string, object> extra)
    {
        extra["name"] = chain.Asset.Domain.Name;
        extra["version"] = chain.Asset.Domain.Version;
        return new Requirement
        {
            Scheme = scheme,
            Network = chain.Asset.Network.ToString(),
            Amount = agent.PriceAtomic,
            Asset = chain.Asset.Address.ToString(),
            PayTo = agent.PayTo,
            MaxTimeoutSeconds = Math.Max(Least, agent.TimeoutSeconds + Beyond),
            Extra = JsonSerializer.SerializeToElement(extra),
        };
    }
}
