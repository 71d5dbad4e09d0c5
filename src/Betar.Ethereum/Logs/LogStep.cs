namespace Betar.Ethereum;

/// <summary>What one step of a scan found: a batch and the cursor after it, the end of the scan, or neither, which means to try again.</summary>
internal sealed record LogStep(LogBatch? Batch, LogCursor? Cursor, LogScanStatus? End, string Detail)
{
    internal static LogStep Again { get; } = new(null, null, null, "");

    internal static LogStep Of(LogBatch batch, LogCursor cursor) => new(batch, cursor, null, "");

    internal static LogStep Stop(LogScanStatus status, string detail) => new(null, null, status, detail);
}
