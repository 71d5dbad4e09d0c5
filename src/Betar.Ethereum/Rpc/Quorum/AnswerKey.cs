using System.Globalization;
using System.Text;

namespace Betar.Ethereum;

/// <summary>Two answers say the same when their keys are equal. What nodes may word differently is no part of a key.</summary>
internal static class AnswerKey
{
    /// <summary>There is no such thing, or not yet: a node that is a moment behind says so in good faith.</summary>
    internal const string Absent = "-";

    internal static string OfNumber<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    internal static string OfUInt256(UInt256 value) => value.ToString();

    internal static string OfBytes(byte[] value) => Convert.ToHexStringLower(value);

    internal static string OfRevert(RpcError error) => "revert " + Convert.ToHexStringLower(error.Data.Span);

    internal static string OfHeader(BlockHeader? header) => header is null ? Absent : $"{header}";

    /// <summary>Without its block: one node may have it already.</summary>
    internal static string OfTransaction(KnownTransaction? transaction) => transaction is null ? Absent : $"{transaction with { BlockNumber = null }}";

    internal static string OfLogs(IReadOnlyList<LogEntry> logs)
    {
        var text = new StringBuilder();
        foreach (var log in logs)
            Append(text, log);
        return text.ToString();
    }

    internal static string OfReceipt(TransactionReceipt? receipt)
    {
        if (receipt is null)
            return Absent;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{receipt.TransactionHash} {receipt.Succeeded} {receipt.BlockNumber} {receipt.BlockHash} {receipt.TransactionIndex} {receipt.From} {receipt.To} {receipt.GasUsed}");
        foreach (var log in receipt.Logs)
            Append(text, log);
        return text.ToString();
    }

    static void Append(StringBuilder text, LogEntry log)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"|{log.Address} {log.BlockNumber} {log.BlockHash} {log.TransactionHash} {log.TransactionIndex} {log.LogIndex} {log.Removed} ");
        text.AppendJoin(',', log.Topics).Append(' ').Append(Convert.ToHexStringLower(log.Data.Span));
    }
}
