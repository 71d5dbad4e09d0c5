using System.Globalization;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Libp2p.Multiformats;
using Betar.Node.Cli;
using Betar.Node.Cli.Wallets;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Http.Operations;

/// <summary>What the node says of itself: where it is, whom it sees, what it sells and what it has.</summary>
internal sealed class StatusOperations(SellerNode node)
{
    public const string Status = "node.status";
    public const string LocalAgents = "agents.local";
    public const string Balance = "wallet.balance";

    private readonly DateTimeOffset _started = node.Context.Time.GetUtcNow();

    public Dictionary<string, ControlHandler> Handlers => new(StringComparer.Ordinal)
    {
        [Status] = (_, _) => Task.FromResult(ControlAnswer.Json(WriteStatus)),
        [LocalAgents] = (_, _) => Task.FromResult(ControlAnswer.Json(WriteAgents)),
        [Balance] = BalanceAsync,
    };

    private void WriteStatus(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("peerId", node.Identity.PeerId);
        writer.WriteStartArray("addresses");
        foreach (Multiaddr address in node.Addresses)
            writer.WriteStringValue(address.ToString());
        writer.WriteEndArray();
        
        // While the fleet's host moves from silo to silo there is none.
        writer.WriteNumber("connectedPeers", node.Network is { } network ? network.Host.Connections.Select(connection => connection.Peer).Distinct().Count() : 0);
        writer.WriteString("walletAddress", Address.FromKey(node.Keys.Payee).ToString());
        writer.WriteString("dataDir", node.Folder.Root);
        writer.WriteString("network", node.Chain.Asset.Network.ToString());
        writer.WriteString("version", BetarCli.Version);
        writer.WriteNumber("agents", node.Offers.All.Count);
        writer.WriteString("startedAt", _started.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteBoolean("storeRuns", !node.StoreStopped.IsCompleted);
        writer.WriteEndObject();
    }

    private void WriteAgents(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (AgentSpec agent in node.Offers.All.OrderBy(agent => agent.Name, StringComparer.Ordinal))
            AgentJson.Write(writer, node.Identity.PeerId, agent, _started);

        writer.WriteEndArray();
    }

    /// <summary>By the chain's client that the node has anyway.</summary>
    private async Task<ControlAnswer> BalanceAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Address account = Address.FromKey(node.Keys.Payee);
        RpcOutcome<UInt256> coins = await node.Chain.Client.GetBalanceAsync(account, cancellationToken);
        RpcOutcome<UInt256> tokens = await node.Chain.Token.BalanceOfAsync(account, cancellationToken);
        if (!coins.IsValue || !tokens.IsValue)
            return ControlAnswer.Refused(ErrorCatalog.ChainUnreachable.Refuse($"The balance of {account} cannot be read: {(coins.IsValue ? tokens : coins).Describe()}"));
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("address", account.ToString());
            writer.WritePropertyName("balance");
            writer.WriteRawValue(CoinAmount.Format(coins.Value, CoinAmount.CoinDecimals));
            writer.WritePropertyName("usdcBalance");
            writer.WriteRawValue(CoinAmount.Format(tokens.Value, node.Chain.Network.Decimals));
            writer.WriteString("balanceWei", coins.Value.ToString());
            writer.WriteString("usdcAtomic", tokens.Value.ToString());
            writer.WriteEndObject();
        });
    }

}
