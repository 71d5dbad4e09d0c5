using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Storage.Ledger;
using Orleans;

namespace Betar.Node.Watching;

/// <summary>How a fleet does: peers, agents, orders and money, in one answer.</summary>
internal sealed class FleetOverview(SellerNode node)
{
    public const string Operation = "node.overview";

    /// <summary>Agents that are shown: the busiest. Of others only their number is told, and none is woken for it.</summary>
    public const int MaxAgents = 50;

    private readonly DateTimeOffset _started = node.Context.Time.GetUtcNow();

    public async Task<ControlAnswer> AnswerAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        DateTimeOffset now = node.Context.Time.GetUtcNow();
        LedgerTotals totals = await node.Ledger.TotalsAsync(cancellationToken);
        int open = (await node.Ledger.OpenOrdersAsync(cancellationToken)).Count;
        IReadOnlyList<LedgerEntry> owed = await OrderViews.OwedAsync(node.Ledger, cancellationToken);
        RecentOrders recent = await RecentOrders.ReadAsync(node.Ledger, now, cancellationToken);
        IReadOnlyCollection<AgentSpec> all = node.Offers.All;
        AgentSpec[] shown = [.. all.OrderByDescending(agent => recent.ByAgent.GetValueOrDefault(agent.AgentId)).ThenBy(agent => agent.Name, StringComparer.Ordinal).Take(MaxAgents)];
        AgentStatus[] states = await Task.WhenAll(shown.Select(agent => node.Grains.GetGrain<IAgentGrain>(agent.AgentId).GetStatus().AsTask()));
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            WriteNode(writer, now);
            writer.WriteStartObject("orders");
            writer.WriteNumber("total", totals.Orders);
            writer.WriteNumber("open", open);
            writer.WriteNumber("perSecond", Math.Round(recent.PerSecond, 2));
            writer.WriteEndObject();
            writer.WriteStartArray("money");
            foreach (LedgerAssetTotals asset in totals.Assets)
                Write(writer, asset, owed);
            writer.WriteEndArray();
            writer.WriteNumber("agentCount", all.Count);
            writer.WriteStartArray("agents");
            foreach ((AgentSpec agent, AgentStatus state) in shown.Zip(states))
                Write(writer, agent, state, recent.ByAgent.GetValueOrDefault(agent.AgentId));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private void WriteNode(Utf8JsonWriter writer, DateTimeOffset now)
    {
        writer.WriteString("at", now);
        writer.WriteString("peerId", node.Identity.PeerId);
        writer.WriteString("version", BetarCli.Version);
        writer.WriteString("network", node.Chain.Asset.Network.ToString());
        writer.WriteNumber("upSeconds", (long)(now - _started).TotalSeconds);
        writer.WriteBoolean("storeRuns", !node.StoreStopped.IsCompleted);

        // While the fleet's host moves from silo to silo there is none.
        writer.WriteNumber("peers", node.Network is { } network ? network.Host.Connections.Select(connection => connection.Peer).Distinct().Count() : 0);
    }

    private static void Write(Utf8JsonWriter writer, LedgerAssetTotals asset, IReadOnlyList<LedgerEntry> owed)
    {
        writer.WriteStartObject();
        writer.WriteString("network", asset.Network.ToString());
        writer.WriteString("asset", asset.Asset.ToString());
        writer.WriteString("in", asset.In.ToString());
        writer.WriteString("delivered", asset.Delivered.ToString());
        writer.WriteString("refunded", asset.Refunded.ToString());
        writer.WriteString("held", asset.Held.ToString());
        writer.WriteString("owed", OrderViews.Sum(owed, asset).ToString());
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AgentSpec agent, AgentStatus state, int recent)
    {
        writer.WriteStartObject();
        writer.WriteString("id", agent.AgentId);
        writer.WriteString("name", agent.Name);
        writer.WritePropertyName("price");
        writer.WriteRawValue(agent.Price.ToUsdc());
        writer.WriteString("priceAtomic", agent.PriceAtomic);
        writer.WriteNumber("recent", recent);
        writer.WriteNumber("running", state.Running);
        writer.WriteNumber("waiting", state.Waiting);
        writer.WriteNumber("completed", state.Completed);
        writer.WriteNumber("failed", state.Failed);
        writer.WriteBoolean("resting", state.IsResting);
        writer.WriteString("lastError", state.LastError);
        writer.WriteString("modelCost", state.Usage?.CostAtomic ?? "0");
        writer.WriteEndObject();
    }
}
