using Betar.Ethereum;
using Betar.X402;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Payments;

internal sealed partial class PaymentSessionGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Agent {AgentId} delivered what payment {PaymentId} of {Amount} units is for.")]
    private static partial void LogDelivered(ILogger logger, string paymentId, string agentId, string amount);

    [LoggerMessage(Level = LogLevel.Information, Message = "Payment {PaymentId} of {Amount} units was paid back in {Transaction}.")]
    private static partial void LogPaidBack(ILogger logger, string paymentId, string amount, string transaction);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} is reserved and the chain has not said what became of it: {Reason}")]
    private static partial void LogPending(ILogger logger, string paymentId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} was settled and cannot be delivered, a refund is owed: {Reason}")]
    private static partial void LogOwed(ILogger logger, string paymentId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {AgentId} was lost while it worked for payment {PaymentId}.")]
    private static partial void LogAgentLost(ILogger logger, Exception fault, string paymentId, string agentId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The work for payment {PaymentId} failed and is done again, for the {Retry}. time: {Reason}")]
    private static partial void LogTaskRepeated(ILogger logger, string paymentId, int retry, string reason);

    [LoggerMessage(Level = LogLevel.Critical,
        Message = "The refund account {RefundAccount} cannot cover the {Amount} units that payment {PaymentId} is owed: fund it. The refund is tried again.")]
    private static partial void LogRefundUncovered(ILogger logger, string paymentId, Address refundAccount, string amount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} is open and not on {Network}, where this node settles; it is left as it is.")]
    private static partial void LogOtherNetwork(ILogger logger, string paymentId, NetworkId network);

    [LoggerMessage(Level = LogLevel.Error, Message = "The refund of payment {PaymentId} did not go through and is tried again: {Reason}")]
    private static partial void LogRefundFailed(ILogger logger, string paymentId, string reason);
}
