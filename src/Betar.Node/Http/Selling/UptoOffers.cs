using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Wire;

namespace Betar.Node.Http.Selling;

/// <summary>
/// The offer to pay for the tokens that a task takes, by "upto", where the chain has the contracts for it. What is not there now is looked for again a
/// minute later.
/// </summary>
/// <param name="chain">Where it is settled.</param>
/// <param name="settler">The account that alone may settle what is signed for it.</param>
/// <param name="time">When to look again.</param>
internal sealed class UptoOffers(ChainLink chain, Address settler, TimeProvider time)
{
    /// <summary>What a permit is good for beyond the longest that the task may take: payment, queue and settlement.</summary>
    private const long Least = 300;
    private const long Beyond = 60;

    private static readonly TimeSpan s_again = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _lookedAt;
    private bool _stands;

    /// <summary>Null for an agent that is not priced by tokens, and where the chain cannot settle it.</summary>
    public async Task<Requirement?> FindAsync(AgentSpec agent, CancellationToken cancellationToken)
    {
        if (agent.TokenPrice is not { } price || !await StandsAsync(cancellationToken))
            return null;
        return new Requirement
        {
            Scheme = UptoScheme.SchemeName,
            Network = chain.Asset.Network.ToString(),
            Amount = agent.PriceAtomic,
            Asset = chain.Asset.Address.ToString(),
            PayTo = agent.PayTo,
            MaxTimeoutSeconds = Math.Max(Least, agent.TimeoutSeconds + Beyond),
            Extra = JsonSerializer.SerializeToElement(new Dictionary<string, string>
            {
                ["name"] = chain.Asset.Domain.Name,
                ["version"] = chain.Asset.Domain.Version,
                [UptoClient.FacilitatorMember] = settler.ToString(),
                ["perMillionInputTokens"] = $"{price.Input}",
                ["perMillionOutputTokens"] = $"{price.Output}",
            }),
        };
    }

    private async Task<bool> StandsAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_stands || (_lookedAt is { } then && time.GetElapsedTime(then) < s_again))
                return _stands;
        }

        bool stands;
        try
        {
            stands = await chain.HasAsync([Permit2Contracts.Permit2, Permit2Contracts.UptoProxy], cancellationToken);
        }
        catch (ChainUnavailableException)
        {
            // Nobody knows: this task is offered without it, and the next one asks again.
            return false;
        }

        lock (_lock)
            (_stands, _lookedAt) = (stands, time.GetTimestamp());
        return stands;
    }
}
