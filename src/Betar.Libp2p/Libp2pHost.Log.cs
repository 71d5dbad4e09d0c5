using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p;

public sealed partial class Libp2pHost
{
    [LoggerMessage(1, LogLevel.Information, "Peer {Peer} listens on {Count} addresses.")]
    private static partial void LogStarted(ILogger logger, PeerId peer, int count);

    [LoggerMessage(2, LogLevel.Information, "Peer {Peer} has stopped.")]
    private static partial void LogStopped(ILogger logger, PeerId peer);

    [LoggerMessage(3, LogLevel.Warning, "Streams that were being served had no time to end before the stop.")]
    private static partial void LogNotDrained(ILogger logger);

    [LoggerMessage(4, LogLevel.Debug, "Peer {Peer} did not say who it is: {Reason}.")]
    private static partial void LogNotIdentified(ILogger logger, PeerId peer, Libp2pError reason);

    [LoggerMessage(5, LogLevel.Debug, "Peer {Peer} could not be told who we are: {Reason}.")]
    private static partial void LogNotPushed(ILogger logger, PeerId peer, Libp2pError reason);

    [LoggerMessage(6, LogLevel.Debug, "The connection to peer {Peer} is one too many and is closed.")]
    private static partial void LogTrimmed(ILogger logger, PeerId peer);

    [LoggerMessage(7, LogLevel.Error, "A handler of the event {Kind} failed.")]
    private static partial void LogEventHandlerFailed(ILogger logger, HostEventKind kind, Exception error);
}
