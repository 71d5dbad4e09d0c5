using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Blocks.Exchange.Client;

internal sealed partial class BitswapClient
{
    [LoggerMessage(1, LogLevel.Debug, "Peer {Peer} could not be asked for blocks: {Reason}.")]
    private static partial void LogNotSent(ILogger logger, PeerId peer, Libp2pError reason);
}
