using Betar.Libp2p.Identity;
using Microsoft.Extensions.Logging;

namespace Betar.Marketplace.Replication;

public sealed partial class Replica
{
    [LoggerMessage(1, LogLevel.Error, "A piece of work of the replica failed; it begins again with what is stored.")]
    private static partial void LogFault(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Error, "A handler of the replica's changes failed.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception error);

    [LoggerMessage(3, LogLevel.Debug, "A fetch failed.")]
    private static partial void LogFetchFailed(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "No room for more nodes: what waited on the word of {Peer} was dropped.")]
    private static partial void LogDropped(ILogger logger, PeerId peer);

    [LoggerMessage(5, LogLevel.Information, "Nodes that were counted as absent came: the replica is made anew from {Count} nodes.")]
    private static partial void LogRebuild(ILogger logger, long count);

    [LoggerMessage(6, LogLevel.Debug, "Heads could not be told.")]
    private static partial void LogTellFailed(ILogger logger, Exception error);

    [LoggerMessage(8, LogLevel.Debug, "Those who wait for new nodes could not be told.")]
    private static partial void LogAnnounceFailed(ILogger logger, Exception error);

    [LoggerMessage(7, LogLevel.Debug, "{Peer} did not answer the bulk protocol.")]
    private static partial void LogSyncFailed(ILogger logger, PeerId peer, Exception error);
}
