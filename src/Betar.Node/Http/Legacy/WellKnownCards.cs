using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;

namespace Betar.Node.Http.Legacy;

/// <summary>Cards: one for the fleet, as A2A has it, and the original's list of one for each listing.</summary>
internal sealed class WellKnownCards(NodeOperations operations)
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", "/.well-known/agent.json", ApiRole.Read, FleetAsync) { Style = ApiStyle.Legacy },
        new("GET", "/.well-known/agent-card.json", ApiRole.Read, FleetAsync) { Style = ApiStyle.Legacy },
        new("GET", "/.well-known/agents.json", ApiRole.Read, AgentsAsync) { Style = ApiStyle.Legacy },
    ];

    private async Task<ApiAnswer> FleetAsync(ApiRequest request)
    {
        Checked<JsonElement> status = await operations.CallAsync(StatusOperations.Status, null, request.Aborted);
        Checked<JsonElement> agents = await operations.CallAsync(StatusOperations.LocalAgents, null, request.Aborted);
        if ((status.Refusal ?? agents.Refusal) is { } refusal)
            return ApiAnswer.Refused(refusal);
        return LegacyJson.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", $"Betar fleet {status.Value.GetProperty("peerId").GetString()}");
            writer.WriteString("description", "Agents that are paid per task, over libp2p and x402.");
            writer.WriteString("url", $"{request.Context.Request.Scheme}://{request.Context.Request.Host.Value}/");
            LegacyJson.Copy(writer, status.Value, "version");
            writer.WriteStartObject("capabilities");
            writer.WriteBoolean("streaming", false);
            writer.WriteBoolean("pushNotifications", false);
            writer.WriteEndObject();
            Words(writer, "defaultInputModes", "text/plain");
            Words(writer, "defaultOutputModes", "text/plain");
            writer.WriteStartArray("skills");
            foreach (JsonElement agent in agents.Value.EnumerateArray())
                WriteSkill(writer, agent);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteSkill(Utf8JsonWriter writer, JsonElement agent)
    {
        writer.WriteStartObject();
        writer.WriteString("id", agent.GetProperty("agentID").GetString());
        LegacyJson.Copy(writer, agent, "name", "description");
        Words(writer, "tags", "betar");
        writer.WriteEndObject();
    }

    private Task<ApiAnswer> AgentsAsync(ApiRequest request) => MarketLists.AnswerAsync(operations, request, WriteCard);

    private static void WriteCard(Utf8JsonWriter writer, JsonElement listing)
    {
        writer.WriteStartObject();
        LegacyJson.Copy(writer, listing, "name");
        string? address = listing.GetProperty("addrs").EnumerateArray().Select(text => text.GetString()).FirstOrDefault();
        writer.WriteString("url", address ?? listing.GetProperty("sellerId").GetString());
        writer.WriteStartArray("skills");
        foreach ((int place, JsonElement protocol) in listing.GetProperty("protocols").EnumerateArray().Index())
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"protocol-{place}");
            writer.WriteString("name", protocol.GetString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter writer, string name, string word)
    {
        writer.WriteStartArray(name);
        writer.WriteStringValue(word);
        writer.WriteEndArray();
    }
}
