using Microsoft.Extensions.Logging;

namespace Betar.Grains.Payments;

internal sealed partial class PaymentSessionGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} is reserved and the chain has not said what became of it: {Reason}")]
    private static partial void LogPending(ILogger logger, string paymentId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {PaymentId} was settled and cannot be delivered, a refund is owed: {Reason}")]
    private static partial void LogOwed(ILogger logger, string paymentId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agent {AgentId} was lost while it worked for payment {PaymentId}.")]
    private static partial void LogAgentLost(ILogger logger, Exception fault, string paymentId, string agentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The refund of payment {PaymentId} did not go through and is tried again: {Reason}")]
    private static partial void LogRefundFailed(ILogger logger, string paymentId, string reason);
}
