using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Discovery;

public sealed partial class PeerDiscovery
{
    [LoggerMessage(1, LogLevel.Debug, "Peer {Peer} was found by {Source} and is connected.")]
    private static partial void LogFound(ILogger logger, PeerId peer, string source);

    [LoggerMessage(2, LogLevel.Error, "A handler of found peers failed.")]
    private static partial void LogEventHandlerFailed(ILogger logger, Exception error);
}
