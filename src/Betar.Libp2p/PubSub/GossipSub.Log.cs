using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.PubSub;

public sealed partial class GossipSub
{
    [LoggerMessage(1, LogLevel.Debug, "The stream to peer {Peer} has ended: {Reason}.")]
    private static partial void LogLinkEnded(ILogger logger, PeerId peer, Libp2pError reason);

    [LoggerMessage(2, LogLevel.Debug, "The direct peer {Peer} cannot be reached: {Reason}.")]
    private static partial void LogNotConnected(ILogger logger, PeerId peer, Libp2pError reason);

    [LoggerMessage(3, LogLevel.Error, "The handler of topic {Topic} failed.")]
    private static partial void LogHandlerFailed(ILogger logger, string topic, Exception error);

    [LoggerMessage(4, LogLevel.Error, "A handler of the peers of topic {Topic} failed.")]
    private static partial void LogPeerHandlerFailed(ILogger logger, string topic, Exception error);
}
