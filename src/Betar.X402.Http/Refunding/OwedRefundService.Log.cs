using Betar.Ethereum;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Refunding;

public sealed partial class OwedRefundService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The payment {Payment} went back in {Transaction}.")]
    private partial void LogPaidBack(string payment, string transaction);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The refund of {Payment} waits for money: {Account} has too little. Fund it.")]
    private partial void LogUncovered(string payment, Address account);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Payment} for {Resource} is owed and cannot go back by a transfer of ours: see to it by hand.")]
    private partial void LogByHand(string payment, string resource);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The refund of {Payment} did not go through; it is tried again.")]
    private partial void LogWaiting(string payment);

    [LoggerMessage(Level = LogLevel.Information, Message = "The work of {Payment} was begun again; nothing goes back for now.")]
    private partial void LogWithdrawn(string payment);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Debts could not be looked through; it is tried again.")]
    private partial void LogFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Paying back was stopped; what is owed is kept.")]
    private partial void LogStopped();
}
