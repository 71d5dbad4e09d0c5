namespace Betar.Ethereum.Tests.Support;

/// <summary>Keeps what a scan hands out as a consumer should: adds, and takes back.</summary>
internal sealed class LogReader(IChainClient chain, LogScanOptions? options = null, LogFilter? filter = null)
{
    readonly LogScanner _scanner = new(chain, filter ?? new LogFilter(), (_, _) => Task.CompletedTask, options);

    internal List<LogEntry> Kept { get; } = [];

    internal List<LogBatch> Batches { get; } = [];

    internal LogCursor Cursor { get; set; } = LogCursor.StartAt(0);

    internal async Task<LogScanStatus> ScanAsync()
    {
        var result = await _scanner.ScanAsync(Cursor, Take, default);
        Cursor = result.Cursor;
        return result.Status;
    }

    Task Take(LogBatch batch, CancellationToken cancellationToken)
    {
        if (batch.TakenBackFrom is { } from)
            Kept.RemoveAll(log => log.BlockNumber >= from);
        Kept.AddRange(batch.Logs);
        Batches.Add(batch);
        return Task.CompletedTask;
    }
}
