using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;

namespace Betar.Node.Http.Legacy;

/// <summary>What the original answers about agents: its own, the network's, and their work.</summary>
internal sealed class LegacyAgents(NodeOperations operations, CappedWork work)
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new("GET", "/agents", ApiRole.Read, ListAsync) { Style = ApiStyle.Legacy },
        new("GET", "/agents/local", ApiRole.Read, LocalAsync) { Style = ApiStyle.Legacy },
        new("POST", "/agents", ApiRole.Operate, RegisterAsync) { Style = ApiStyle.Legacy },
        new("POST", "/agents/{id}/execute", ApiRole.Spend, ExecuteAsync) { Style = ApiStyle.Legacy },
    ];

    /// <summary>The whole view of the marketplace, as this node trusts it.</summary>
    private Task<ApiAnswer> ListAsync(ApiRequest request) => MarketLists.AnswerAsync(operations, request, WriteListing);

    private static void WriteListing(Utf8JsonWriter writer, JsonElement listing)
    {
        writer.WriteStartObject();
        LegacyJson.Copy(writer, listing, "id", "name", "price");
        writer.WriteString("metadata", listing.TryGetProperty("metadata", out JsonElement metadata) ? metadata.GetString() : "");
        LegacyJson.Copy(writer, listing, "sellerId", "addrs", "protocols");
        writer.WriteNumber("timestamp", listing.GetProperty("lastSeen").GetDateTimeOffset().ToUnixTimeSeconds());
        LegacyJson.Copy(writer, listing, "tokenId");
        writer.WriteEndObject();
    }

    private async Task<ApiAnswer> LocalAsync(ApiRequest request)
    {
        Checked<JsonElement> agents = await operations.CallAsync(StatusOperations.LocalAgents, null, request.Aborted);
        if (!agents.IsOk)
            return ApiAnswer.Refused(agents.Refusal);
        return LegacyJson.Of(writer =>
        {
            writer.WriteStartArray();
            foreach (JsonElement agent in agents.Value.EnumerateArray())
            {
                writer.WriteStartObject();
                LegacyJson.Copy(writer, agent, "id", "name", "description", "price", "metadataCID", "agentID", "status", "createdAt");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private async Task<ApiAnswer> RegisterAsync(ApiRequest request)
    {
        Checked<JsonElement> agent = await operations.CallAsync(AgentOperations.Register, request.Body, request.Aborted);
        return agent.IsOk
            ? LegacyJson.Of(writer =>
            {
                writer.WriteStartObject();
                LegacyJson.Copy(writer, agent.Value, "id", "name", "description", "price", "metadataCID", "agentID", "status", "createdAt");
                writer.WriteEndObject();
            })
            : ApiAnswer.Refused(agent.Refusal);
    }

    private async Task<ApiAnswer> ExecuteAsync(ApiRequest request)
    {
        if (request.Text("input") is not { } input)
            return ApiAnswer.Refused(ErrorCatalog.BadBody.Refuse("The body has no text \"input\""));
        Checked<JsonElement> done = await work.ExecuteAsync(request["id"], input, request);
        if (!done.IsOk)
            return done.Refusal.Error == ErrorCatalog.SpendCapReached ? ApiAnswer.Refused(done.Refusal) : ApiAnswer.Text($"execution failed: {done.Refusal.Sentence}\n", status: 500);
        return LegacyJson.Of(writer =>
        {
            writer.WriteStartObject();
            LegacyJson.Copy(writer, done.Value, "output");
            writer.WriteEndObject();
        });
    }
}
