using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Fleet;
using Betar.Storage.Ledger;
using Betar.Storage.Sessions;

namespace Betar.Grains.Payments;

/// <summary>A paid task as the session log keeps it, once its work has ended in an answer or in money that has to go back.</summary>
internal static class OrderExchanges
{
    /// <param name="before">The order.</param>
    /// <param name="paymentId">Its key.</param>
    /// <param name="kind">How it ended.</param>
    /// <param name="reason">Why there is no answer; empty when there is one.</param>
    /// <param name="output">The answer.</param>
    /// <param name="usage">What it used of models.</param>
    public static SessionExchange? Of(OrderState before, string paymentId, LedgerKind kind, string reason, string output, TaskUsage? usage)
    {
        if (kind is not (LedgerKind.Delivered or LedgerKind.RefundOwed))
            return null;
        PaidOrder order = before.Order;
        return new SessionExchange
        {
            AgentId = order.AgentId,
            CallerId = order.Peer.Length > 0 ? order.Peer : order.From,
            ClaimedCaller = TaskExchanges.SplitCaller(order.Caller).Claimed,
            RequestId = order.CorrelationId,
            Input = order.Input,
            Output = output,
            Error = reason,
            Usage = TaskUsages.Of(usage),
            Payment = new SessionPayment(paymentId, before.TransactionHash, order.Value, order.From, before.SettledAt),
        };
    }
}
