using System.Globalization;
using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;

namespace Betar.Node.Http.Operations;

/// <summary>An agent of this node, in the original's words first.</summary>
internal static class AgentJson
{
    public static void Write(Utf8JsonWriter writer, string peerId, AgentSpec agent, DateTimeOffset since)
    {
        writer.WriteStartObject();
        WriteFields(writer, peerId, agent, since);
        writer.WriteEndObject();
    }

    /// <summary>Within an object that says more.</summary>
    public static void WriteFields(Utf8JsonWriter writer, string peerId, AgentSpec agent, DateTimeOffset since)
    {
        writer.WriteString("id", $"{peerId}/{agent.AgentId}");
        writer.WriteString("name", agent.Name);
        writer.WriteString("description", agent.Description);
        writer.WritePropertyName("price");
        writer.WriteRawValue(agent.Price.ToUsdc());
        writer.WriteString("metadataCID", "");
        writer.WriteString("agentID", agent.AgentId);
        writer.WriteString("status", "active");
        writer.WriteString("createdAt", since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("priceAtomic", agent.PriceAtomic);
        if (agent.TokenPrice is { } price)
        {
            writer.WritePropertyName("tokenPrice");
            FleetAnswers.Of(price).WriteTo(writer);
        }
        writer.WriteString("payTo", agent.PayTo);
        writer.WriteString("executor", agent.ExecutorKind);
    }
}
