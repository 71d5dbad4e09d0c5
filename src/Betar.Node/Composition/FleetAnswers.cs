using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Grains.Abstractions.Agents;
using Betar.Marketplace.Listings;

namespace Betar.Node.Composition;

/// <summary>What the node sells, as its listings say it, with the price of tokens beside those that have one.</summary>
internal static class FleetAnswers
{
    public static void Write(Utf8JsonWriter writer, SellerNode node)
    {
        byte[] listed = ListingJson.EncodeAnswers(node.Listings(), int.MaxValue);
        if (node.Offers.All.All(agent => agent.TokenPrice is null))
        {
            writer.WriteRawValue(listed);
            return;
        }

        JsonArray agents = JsonNode.Parse(listed)!.AsArray();
        foreach (JsonObject agent in agents.OfType<JsonObject>())
            if (node.Offers.TryGet(agent["id"]!.GetValue<string>(), out AgentSpec? spec) && spec.TokenPrice is { } price)
                agent["tokenPrice"] = Of(price);
        agents.WriteTo(writer);
    }

    /// <summary>Units for a million tokens, and the same for people.</summary>
    public static JsonObject Of(TokenPrice price) => new()
    {
        ["perMillionInputTokens"] = $"{price.Input}", ["perMillionOutputTokens"] = $"{price.Output}", ["text"] = price.ToString(),
    };
}
