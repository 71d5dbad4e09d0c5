using Betar.Ethereum;

namespace Betar.Grains.Settlement.Audit;

/// <summary>Reads a token's transfers over a range of blocks, in pieces that the chain is ready to answer.</summary>
internal sealed class TransferLogs(IChainClient chain, Address token, AuditOptions options)
{
    /// <summary>Transfers to one of these accounts, or from one of those; each once.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadAsync(
        IReadOnlyCollection<Address> to, IReadOnlyCollection<Address> from, ulong first, ulong last, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<(ulong, int), LogEntry>();
        foreach (Address account in to)
            await ReadAsync((at, end) => TransferEvent.IncomingFilter(token, account, at, end), first, last, found, cancellationToken);
        foreach (Address account in from)
            await ReadAsync((at, end) => TransferEvent.OutgoingFilter(token, account, at, end), first, last, found, cancellationToken);
        return [.. found.Values];
    }

    private async Task ReadAsync(
        Func<ulong, ulong, LogFilter> filter, ulong first, ulong last, SortedDictionary<(ulong, int), LogEntry> found,
        CancellationToken cancellationToken)
    {
        ulong size = options.BlocksAtOnce;
        for (ulong at = first; at <= last;)
        {
            ulong end = last - at < size ? last : at + size - 1;
            try
            {
                foreach (LogEntry log in await chain.GetLogsAsync(filter(at, end), cancellationToken))
                    found[(log.BlockNumber, log.LogIndex)] = log;
                at = end + 1;
            }
            catch (ChainUnavailableException tooMuch) when (tooMuch.Status is RpcStatus.Error or RpcStatus.InvalidResponse && size > 1)
            {
                size /= 2;
            }
        }
    }
}
