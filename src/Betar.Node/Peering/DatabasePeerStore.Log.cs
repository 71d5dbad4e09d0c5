using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Peering;

internal sealed partial class DatabasePeerStore
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "What is known of peer {Peer} could not be read from the database; it is met as a stranger.")]
    private partial void LogNotRead(PeerId peer, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is known of peer {Peer} could not be written to the database; a restart will have forgotten it.")]
    private partial void LogNotWritten(PeerId peer, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The peers from before the restart could not be read from the database; others have to be found.")]
    private partial void LogBestNotRead(Exception fault);
}
