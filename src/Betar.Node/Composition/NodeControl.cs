using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Settlement;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Selling;
using Betar.Storage.Ledger;
using Betar.X402;
using Orleans;

namespace Betar.Node.Composition;

/// <summary>What a running seller answers on its control socket.</summary>
internal sealed class NodeControl(SellerNode node)
{
    /// <summary>Orders shown by one "orders.list".</summary>
    public const int MaxOrders = 1_000;

    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        ["agents.list"] = ListAgents,
        ["agents.execute"] = Execute,
        ["orders.list"] = ListOrders,
        ["wallet"] = ShowWallet,
    };

    private Task<ControlAnswer> ListAgents(JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        ControlAnswer.Json(writer => JsonSerializer.Serialize(writer, [.. node.Listings()], NodeJson.Default.ListListing)));

    /// <summary>The owner's own task: no payment, no order.</summary>
    private async Task<ControlAnswer> Execute(JsonElement arguments, CancellationToken cancellationToken)
    {
        string agentId = ControlArguments.Text(arguments, "agentId"), task = ControlArguments.Text(arguments, "task");
        if (!node.Offers.TryGet(agentId, out AgentSpec? spec))
            return ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse($"This node has no agent {agentId}"));

        AgentTaskResult result = await node.Grains.GetGrain<IAgentGrain>(spec.AgentId).Run(
            new AgentTask { Input = task, Caller = "local", Order = "" }, cancellationToken);
        return result.Succeeded
            ? ControlAnswer.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("output", result.Output);
                writer.WriteEndObject();
            })
            : ControlAnswer.Refused(result.Code, result.Reason);
    }

    private async Task<ControlAnswer> ListOrders(JsonElement arguments, CancellationToken cancellationToken)
    {
        Dictionary<PaymentKey, LedgerEntry> last = [];
        await foreach (LedgerEntry entry in node.Ledger.QueryAsync(new LedgerQuery(), cancellationToken))
            last[entry.Payment] = entry;
        LedgerEntry[] newest = [.. last.Values.OrderByDescending(entry => entry.Sequence).Take(MaxOrders)];
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (LedgerEntry entry in newest)
            {
                writer.WriteStartObject();
                writer.WriteString("at", entry.At);
                writer.WriteString("state", entry.Kind.ToString());
                writer.WriteString("amount", entry.Amount.ToString());
                writer.WriteString("agentId", entry.AgentId);
                writer.WriteString("payment", entry.Payment.ToString());
                writer.WriteString("reference", entry.Reference);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private Task<ControlAnswer> ShowWallet(JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("wallet", Address.FromKey(node.Keys.Payee).ToString());
            writer.WriteString("settler", Address.FromKey(node.Keys.Settler).ToString());
            writer.WriteString("refundAccount", Address.FromKey(node.Keys.Refund).ToString());
            writer.WriteString("network", node.Chain.Asset.Network.ToString());
            writer.WriteEndObject();
        }));
}
