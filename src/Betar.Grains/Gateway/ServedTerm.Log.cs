using Microsoft.Extensions.Logging;

namespace Betar.Grains.Gateway;

internal sealed partial class ServedTerm
{
    [LoggerMessage(Level = LogLevel.Information, Message = "This silo has the lease of the gateway, term {Epoch}.")]
    private static partial void LogGranted(ILogger logger, long epoch);

    [LoggerMessage(Level = LogLevel.Information, Message = "The gateway's term {Epoch} on this silo has ended: {Reason}.")]
    private static partial void LogEnded(ILogger logger, long epoch, PresenceEnd reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of the gateway's term {Epoch} was not renewed; it is tried again until the host must stop.")]
    private static partial void LogNotRenewed(ILogger logger, Exception fault, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "The host of the gateway's term {Epoch} could not be opened; another silo's turn.")]
    private static partial void LogNotOpened(ILogger logger, Exception fault, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "Closing the gateway's host threw.")]
    private static partial void LogNotClosed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The gateway's host took {Took} to fall silent, and has {Limit}: raise CloseWithin and the lease with it.")]
    private static partial void LogSlowClose(ILogger logger, TimeSpan took, TimeSpan limit);
}
