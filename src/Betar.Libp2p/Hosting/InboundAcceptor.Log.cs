using Betar.Libp2p.Multiformats;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Hosting;

internal sealed partial class InboundAcceptor
{
    [LoggerMessage(1, LogLevel.Warning, "The listener at {Address} could not accept a connection.")]
    private static partial void LogAcceptFailed(ILogger logger, Multiaddr address, Exception error);

    [LoggerMessage(2, LogLevel.Debug, "A connection at {Address} was not taken: {Reason}.")]
    private static partial void LogRefused(ILogger logger, Multiaddr address, Libp2pError reason);
}
