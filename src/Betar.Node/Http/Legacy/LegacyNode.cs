using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;
using Betar.Node.Peering;

namespace Betar.Node.Http.Legacy;

/// <summary>What the original answers about the node itself: /health, /status, /peers, /wallet/balance.</summary>
internal sealed class LegacyNode(NodeOperations operations)
{
    public IEnumerable<ApiRoute> Routes =>
    [
        new("*", "/health", ApiRole.Read, Health) { Style = ApiStyle.Legacy, IsOpen = true },
        new("GET", "/status", ApiRole.Read, StatusAsync) { Style = ApiStyle.Legacy },
        new("GET", "/peers", ApiRole.Read, PeersAsync) { Style = ApiStyle.Legacy },
        new("GET", "/wallet/balance", ApiRole.Read, BalanceAsync) { Style = ApiStyle.Legacy },
    ];

    private static Task<ApiAnswer> Health(ApiRequest request) => Task.FromResult(ApiAnswer.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", "ok");
        writer.WriteEndObject();
    }));

    private async Task<ApiAnswer> StatusAsync(ApiRequest request)
    {
        Checked<JsonElement> status = await operations.CallAsync(StatusOperations.Status, null, request.Aborted);
        return status.IsOk
            ? LegacyJson.Of(writer =>
            {
                writer.WriteStartObject();
                LegacyJson.Copy(writer, status.Value, "peerId", "addresses", "connectedPeers", "walletAddress", "dataDir");
                writer.WriteEndObject();
            })
            : ApiAnswer.Refused(status.Refusal);
    }

    /// <summary>One row a peer, however many connections it has.</summary>
    private async Task<ApiAnswer> PeersAsync(ApiRequest request)
    {
        Checked<JsonElement> peers = await operations.CallAsync(NetworkControl.Peers, null, request.Aborted);
        if (!peers.IsOk)
            return ApiAnswer.Refused(peers.Refusal);
        var byPeer = peers.Value.EnumerateArray().GroupBy(row => row.GetProperty("peerId").GetString()!, row => row.GetProperty("address").GetString()!);
        return LegacyJson.Of(writer =>
        {
            writer.WriteStartArray();
            foreach (var peer in byPeer)
            {
                writer.WriteStartObject();
                writer.WriteString("id", peer.Key);
                writer.WriteStartArray("addrs");
                foreach (string address in peer.Distinct())
                    writer.WriteStringValue(address);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private async Task<ApiAnswer> BalanceAsync(ApiRequest request)
    {
        Checked<JsonElement> balance = await operations.CallAsync(StatusOperations.Balance, null, request.Aborted);
        return balance.IsOk
            ? LegacyJson.Of(writer =>
            {
                writer.WriteStartObject();
                LegacyJson.Copy(writer, balance.Value, "address", "balance", "usdcBalance");
                writer.WriteEndObject();
            })
            : ApiAnswer.Refused(balance.Refusal) with { Status = 500 };
    }
}
