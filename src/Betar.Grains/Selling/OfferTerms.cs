using System.Runtime.CompilerServices;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.X402.Challenges;
using Betar.X402.Networks;
using Betar.X402.Verification;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Selling;

/// <summary>What an agent's spec means on the wire: its offer, made once per spec, and the terms that a quote binds.</summary>
public sealed class OfferTerms(SellerIdentity seller, PaymentAsset asset, IOptions<SellingOptions> options)
{
    private readonly ConditionalWeakTable<AgentSpec, PaymentOffer> _offers = [];

    public PaymentOffer OfferOf(AgentSpec spec) => _offers.GetValue(spec, Make);

    public ChallengeTerms Of(AgentSpec spec, string correlationId, ReadOnlySpan<byte> body, string peer)
    {
        PaymentOffer offer = OfferOf(spec);
        return new ChallengeTerms(
            seller.PeerId, spec.AgentId, offer.PayTo, offer.Amount, asset.Network, asset.Address, correlationId,
            ChallengeTerms.HashBody(body), peer);
    }

    private PaymentOffer Make(AgentSpec spec) =>
        new(asset, Address.Parse(spec.PayTo), spec.Price, TimeSpan.FromSeconds(options.Value.MaxTimeoutSeconds)) { KeepsFailed = spec.KeepsFailed };
}
