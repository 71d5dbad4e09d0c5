using Betar.Grains.Buying;
using Betar.Marketplace.Listings;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Protocol;

namespace Betar.Node.Demo;

/// <summary>A buyer that cheats: it signs what was asked, then lowers the amount in the message.</summary>
internal static class DemoForger
{
    /// <returns>Why the seller refused it.</returns>
    public static async Task<string> ForgeAsync(DemoBuyer buyer, DemoSeller seller, Listing agent, string task, CancellationToken cancellationToken)
    {
        string to = seller.Address.ToString(), correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody(task, agent.Id).Write();
        SellerAnswer quoted = await buyer.Sellers.RequestAsync(
            to, new X402Request { CorrelationId = correlation, Resource = agent.Id, Body = body }, cancellationToken);
        if (quoted.Reply is not PaymentRequired offer)
            return $"no quote: {quoted.Fault}";

        AtomicAmount price = AtomicAmount.Parse(agent.PriceAtomic);
        SignedOffer signed = buyer.Signer.Sign(offer, new OfferPolicy
        {
            Payee = null, ListedPrice = price, Cap = price, Assets = seller.Chain.Assets, Network = seller.Chain.Asset.Network,
        });
        if (!signed.IsSigned)
            return $"not signed: {signed.Refusal}";
        ExactPayload payload = signed.Payment.Payload!;
        Authorization lower = payload.Authorization! with { Value = (price - 1).ToString() };
        PaymentEnvelope forged = signed.Payment with { Payload = payload with { Authorization = lower } };
        SellerAnswer answer = await buyer.Sellers.PayAsync(
            to, new PaidRequest { CorrelationId = correlation, Payment = forged, Body = body }, cancellationToken);
        return answer.Reply is X402Error error ? $"{error.ErrorName} {error.Message}" : $"it was not refused ({answer.Fault})";
    }
}
