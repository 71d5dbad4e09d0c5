using System.Text.Json;
using Betar.Grains.Trading;
using Betar.X402;

namespace Betar.Node.Trading;

/// <summary>An agent that can be asked to work, for machines. Its texts are its seller's.</summary>
internal static class OfferJson
{
    public static void Write(Utf8JsonWriter writer, AgentOffer offer)
    {
        writer.WriteStartObject();
        writer.WriteString("agentId", offer.AgentId);
        writer.WriteString("name", offer.Name);
        writer.WriteString("description", offer.Description);
        writer.WriteString("price", AtomicAmount.TryParse(offer.PriceAtomic, out AtomicAmount price) ? price.ToUsdc() : "");
        writer.WriteString("priceAtomic", offer.PriceAtomic);
        writer.WriteString("payTo", offer.PayTo);
        writer.WriteString("sellerId", offer.SellerId);
        writer.WriteString("seller", offer.Seller);
        writer.WriteString("trust", offer.Trust);
        if (offer.KeepsFailed)
            writer.WriteString("refund", "keep");
        writer.WriteBoolean("own", offer.IsOwn);
        writer.WriteEndObject();
    }
}
