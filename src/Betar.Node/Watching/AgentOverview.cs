using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Hiring;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;
using Betar.Storage.Ledger;
using Betar.X402;
using Orleans;

namespace Betar.Node.Watching;

/// <summary>One agent of the fleet: what it is, how it does, what it earned, and what it spends on others. Amounts are in the token's smallest units.</summary>
internal sealed class AgentOverview(SellerNode node)
{
    public const string Operation = "agents.show";

    private readonly DateTimeOffset _started = node.Context.Time.GetUtcNow();

    public async Task<ControlAnswer> AnswerAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string named = ControlArguments.Text(arguments, "agentId");
        if (!node.Offers.TryGet(AgentNames.IdOf(node.Offers.All, named), out AgentSpec? agent))
            return ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse($"This node has no agent {VisibleText.Of(named)}"));
        AgentStatus status = await node.Grains.GetGrain<IAgentGrain>(agent.AgentId).GetStatus();
        BudgetStatus budget = await node.Grains.GetGrain<IBudgetGrain>(HiringBudgets.KeyOf(agent.AgentId)).GetStatus();
        AgentSums sums = await AgentSums.ReadAsync(node.Database, agent.AgentId, node.Chain.Asset.Network, node.Chain.Asset.Address, cancellationToken);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            AgentJson.WriteFields(writer, node.Identity.PeerId, agent, _started);
            Write(writer, status);
            Write(writer, sums);
            writer.WriteStartObject("hiring");
            writer.WriteString("perTask", agent.HirePerTaskAtomic);
            writer.WriteString("perDay", agent.HirePerDayAtomic);
            writer.WriteString("spentToday", budget.SpentToday);
            writer.WriteString("reserved", budget.Reserved);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, AgentStatus status)
    {
        writer.WriteStartObject("health");
        writer.WriteNumber("running", status.Running);
        writer.WriteNumber("waiting", status.Waiting);
        writer.WriteNumber("completed", status.Completed);
        writer.WriteNumber("failed", status.Failed);
        writer.WriteNumber("failedInARow", status.ConsecutiveFailures);
        writer.WriteBoolean("resting", status.IsResting);
        writer.WriteString("lastError", status.LastError);
        writer.WriteString("modelCost", status.Usage?.CostAtomic ?? "0");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AgentSums sums)
    {
        writer.WriteStartObject("earnings");
        writer.WriteString("total", (sums.Earned + sums.WebEarned).ToString());
        writer.WriteNumber("orders", sums.Orders);
        writer.WriteString("earned", sums.Earned.ToString());
        writer.WriteString("refunded", sums.Refunded.ToString());
        writer.WriteNumber("httpSales", sums.WebSales);
        writer.WriteString("httpEarned", sums.WebEarned.ToString());
        writer.WriteEndObject();
    }
}
