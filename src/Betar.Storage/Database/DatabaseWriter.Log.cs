using Microsoft.Extensions.Logging;

namespace Betar.Storage.Database;

internal sealed partial class DatabaseWriter
{
    [LoggerMessage(1, LogLevel.Error, "A batch of {Count} writes to {Path} failed and was rolled back.")]
    private partial void LogBatchFailed(string path, int count, Exception failure);

    [LoggerMessage(2, LogLevel.Critical, "The writer of {Path} stops after a batch of {Count} writes failed.")]
    private partial void LogStopped(string path, int count, Exception failure);

    [LoggerMessage(3, LogLevel.Warning, "The WAL of {Path} could not be copied into the file; it is tried again later.")]
    private partial void LogCheckpointFailed(string path, Exception failure);
}
