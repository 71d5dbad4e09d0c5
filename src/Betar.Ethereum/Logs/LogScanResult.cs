namespace Betar.Ethereum;

/// <summary>How a scan ended, and where the next begins.</summary>
/// <param name="Detail">A sentence for people; empty when all went well.</param>
public sealed record LogScanResult(LogScanStatus Status, LogCursor Cursor, string Detail);
