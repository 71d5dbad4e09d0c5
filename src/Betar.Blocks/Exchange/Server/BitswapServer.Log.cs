using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Blocks.Exchange.Server;

internal sealed partial class BitswapServer
{
    [LoggerMessage(1, LogLevel.Debug, "Blocks could not be sent to peer {Peer}: {Reason}. What it wanted is forgotten.")]
    private static partial void LogNotSent(ILogger logger, PeerId peer, Libp2pError reason);
}
