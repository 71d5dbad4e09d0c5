using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Protocols;

internal sealed partial class StreamServer
{
    [LoggerMessage(1, LogLevel.Debug, "A stream of peer {Peer} ended early.")]
    private static partial void LogEnded(ILogger logger, PeerId peer, Exception error);

    [LoggerMessage(2, LogLevel.Error, "A protocol handler failed on a stream of peer {Peer}.")]
    private static partial void LogHandlerFailed(ILogger logger, PeerId peer, Exception error);
}
