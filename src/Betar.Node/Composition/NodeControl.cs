using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Settlement;
using Betar.Marketplace.Listings;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Storage.Ledger;
using Orleans;

namespace Betar.Node.Composition;

/// <summary>What a running seller answers on its control socket.</summary>
internal sealed class NodeControl(SellerNode node)
{
    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(node.Presences.Handlers.Concat(node.PartHandlers), StringComparer.Ordinal)
    {
        ["agents.list"] = ListAgents,
        ["refunds.retry"] = RetryRefunds,
        ["wallet"] = ShowWallet,
    };

    private Task<ControlAnswer> ListAgents(JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        ControlAnswer.Json(writer => FleetAnswers.Write(writer, node)));

    /// <summary>Tries what is owed now: one order, or all when none is named.</summary>
    private async Task<ControlAnswer> RetryRefunds(JsonElement arguments, CancellationToken cancellationToken)
    {
        string named = ControlArguments.Text(arguments, "payment");
        IReadOnlyList<LedgerEntry> owed = await OrderViews.OwedAsync(node.Ledger, cancellationToken);
        string[] payments = [.. owed.Select(entry => entry.Payment.ToString()).Where(payment => named.Length == 0 || payment == named)];
        if (named.Length > 0 && payments.Length == 0)
            return ControlAnswer.Refused(ErrorCatalog.UnknownOrder.Refuse($"Nothing is owed for {named}", "run betar order list --owed to see what is"));

        List<PaymentAnswer> answers = [];
        foreach (string payment in payments)
            answers.Add(await node.Grains.GetGrain<IPaymentSessionGrain>(payment).Resume());
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("owed", answers.Count(answer => answer.End == PaymentEnd.RefundOwed));
            writer.WriteStartArray("orders");
            foreach (PaymentAnswer answer in answers)
            {
                writer.WriteStartObject();
                writer.WriteString("payment", answer.PaymentId);
                writer.WriteString("state", answer.End.ToString());
                writer.WriteString("detail", answer.End == PaymentEnd.Refunded ? answer.RefundHash : answer.Reason);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private Task<ControlAnswer> ShowWallet(JsonElement arguments, CancellationToken cancellationToken) => Task.FromResult(
        ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("wallet", Address.FromKey(node.Keys.Payee).ToString());
            writer.WriteString("settler", Address.FromKey(node.Keys.Settlers[0]).ToString());
            writer.WriteString("refundAccount", Address.FromKey(node.Keys.Refund).ToString());
            writer.WriteString("network", node.Chain.Asset.Network.ToString());
            writer.WriteEndObject();
        }));
}
