using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Claiming;

public sealed partial class ChannelClaimService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Channels} channels were claimed, which brought {Value}.")]
    private partial void LogClaimed(int channels, AtomicAmount value);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Channels} channels have less than they were charged: their payers took their money back before it was claimed.")]
    private partial void LogUncovered(int channels);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Channels} channels cannot be claimed: the contract refuses their vouchers, or another key has to sign for them.")]
    private partial void LogRefused(int channels);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Of {Open} claimed channels the end is not known yet, of {Unknown} the chain told nothing; both are looked at again.")]
    private partial void LogOpen(int open, int unknown);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Channels could not be claimed; it is tried again.")]
    private partial void LogFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Claiming was stopped; what is on its way is in the book.")]
    private partial void LogStopped();
}
