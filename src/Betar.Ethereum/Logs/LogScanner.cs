namespace Betar.Ethereum;

/// <summary>
/// Reads a contract's logs window by window, from where it stopped before. Each log is handed out at least once; those of blocks that the chain
/// gives up are taken back before others take their place.
/// </summary>
public sealed class LogScanner
{
    readonly IChainClient _chain;
    readonly LogFilter _filter;
    readonly LogScanOptions _options;
    readonly Func<LogCursor, CancellationToken, Task> _save;
    int _window;

    /// <param name="filter">What is wanted; its blocks are not looked at.</param>
    /// <param name="save">Keeps the cursor, after the batch before it was handled.</param>
    public LogScanner(IChainClient chain, LogFilter filter, Func<LogCursor, CancellationToken, Task> save, LogScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(save);
        (_chain, _filter, _save) = (chain, filter, save);
        _options = options ?? new LogScanOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        _window = _options.MaxWindow;
    }

    /// <summary>Reads to the end of the chain. Not for two callers at the same time.</summary>
    /// <param name="handle">Told of each batch. When it throws, the scan ends with its exception and the batch comes again.</param>
    public async Task<LogScanResult> ScanAsync(LogCursor cursor, Func<LogBatch, CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        ArgumentNullException.ThrowIfNull(handle);
        for (var question = 0; question < _options.MaxQuestions; question++)
        {
            var step = await StepAsync(cursor, cancellationToken).ConfigureAwait(false);
            if (step.End is { } end)
                return new LogScanResult(end, cursor, step.Detail);
            if (step.Batch is not { } batch)
                continue;
            await handle(batch, cancellationToken).ConfigureAwait(false);
            await _save(step.Cursor!, cancellationToken).ConfigureAwait(false);
            cursor = step.Cursor!;
        }

        return new LogScanResult(LogScanStatus.More, cursor, "");
    }

    async Task<LogStep> StepAsync(LogCursor cursor, CancellationToken cancellationToken)
    {
        var latest = await _chain.GetHeaderAsync(BlockTag.Latest, cancellationToken).ConfigureAwait(false);
        if (!latest.TryGetValue(out var head) || head is null)
            return LogStep.Stop(LogScanStatus.Unavailable, latest.IsValue ? "the node has no latest block" : latest.Describe());
        var back = await GoBackAsync(cursor, cancellationToken).ConfigureAwait(false);
        if (back is not null)
            return back;
        var end = head.Number + 1 >= (ulong)_options.Confirmations ? head.Number + 1 - (ulong)_options.Confirmations : (ulong?)null;
        if (end is not { } deepest || deepest < cursor.NextBlock)
            return LogStep.Stop(LogScanStatus.UpToDate, "");
        return await ReadAsync(cursor, Math.Min(deepest, cursor.NextBlock + (ulong)_window - 1), cancellationToken).ConfigureAwait(false);
    }

    // The newest mark that is still in the chain is where reading goes on.
    async Task<LogStep?> GoBackAsync(LogCursor cursor, CancellationToken cancellationToken)
    {
        for (var kept = cursor.Marks.Count; kept > 0; kept--)
        {
            var mark = cursor.Marks[kept - 1];
            var found = await _chain.GetHeaderAsync(BlockTag.Number(mark.Number), cancellationToken).ConfigureAwait(false);
            if (!found.IsValue)
                return LogStep.Stop(LogScanStatus.Unavailable, found.Describe());
            if (found.Value?.Hash != mark.Hash)
                continue;
            if (kept == cursor.Marks.Count)
                return null;
            var next = mark.Number + 1;
            return LogStep.Of(new LogBatch(next, mark.Number, [], next), new LogCursor(next, [.. cursor.Marks.Take(kept)]));
        }

        return cursor.Marks.Count == 0 ? null : LogStep.Stop(LogScanStatus.TooDeep, $"the chain has changed before block {cursor.Marks[0].Number}");
    }

    async Task<LogStep> ReadAsync(LogCursor cursor, ulong to, CancellationToken cancellationToken)
    {
        // The last block's hash stands for all before it: unchanged around the question, the answer is of one chain.
        var before = await _chain.GetHeaderAsync(BlockTag.Number(to), cancellationToken).ConfigureAwait(false);
        var found = await _chain.FindLogsAsync(_filter with { FromBlock = cursor.NextBlock, ToBlock = to }, cancellationToken).ConfigureAwait(false);
        var after = await _chain.GetHeaderAsync(BlockTag.Number(to), cancellationToken).ConfigureAwait(false);
        if (!before.IsValue || !after.IsValue)
            return LogStep.Stop(LogScanStatus.Unavailable, before.IsValue ? after.Describe() : before.Describe());
        if (!found.IsValue)
            return Shrink(found, to - cursor.NextBlock + 1);
        if (before.Value is not { } last || after.Value?.Hash != last.Hash)
            return LogStep.Again;
        if (!Fit(found.Value, cursor.NextBlock, last))
            return LogStep.Stop(LogScanStatus.Unavailable, "the node's logs are not those that were asked for");

        // The block before may have gone meanwhile, and then this one is of another chain than what was read.
        if (cursor.Marks is [.., var mark])
        {
            var still = await _chain.GetHeaderAsync(BlockTag.Number(mark.Number), cancellationToken).ConfigureAwait(false);
            if (!still.IsValue)
                return LogStep.Stop(LogScanStatus.Unavailable, still.Describe());
            if (still.Value?.Hash != mark.Hash)
                return LogStep.Again;
        }

        _window = (int)Math.Min(2L * _window, _options.MaxWindow);
        return LogStep.Of(
            new LogBatch(cursor.NextBlock, to, found.Value, null), cursor.Past(new BlockMark(last.Number, last.Hash), _options.MaxMarks));
    }

    // Nodes word it in many ways that an answer would be too long: any refusal of their own is taken for it.
    LogStep Shrink(RpcOutcome<IReadOnlyList<LogEntry>> found, ulong asked)
    {
        if (found.Error is null or { IsRateLimited: true })
            return LogStep.Stop(LogScanStatus.Unavailable, found.Describe());
        if (asked <= 1 || found.Error.IsNotUnderstood)
            return LogStep.Stop(LogScanStatus.Refused, found.Describe());
        _window = (int)(asked / 2);
        return LogStep.Again;
    }

    bool Fit(IReadOnlyList<LogEntry> logs, ulong from, BlockHeader last)
    {
        var (block, index) = (from, -1);
        foreach (var log in logs)
        {
            if (log.BlockNumber > block)
                (block, index) = (log.BlockNumber, -1);
            if (log.Removed || log.BlockNumber != block || log.BlockNumber > last.Number || log.LogIndex <= index
                || (log.BlockNumber == last.Number && log.BlockHash != last.Hash)
                || (_filter.Address is { } address && log.Address != address) || !Matches(log))
                return false;
            index = log.LogIndex;
        }

        return true;
    }

    bool Matches(LogEntry log)
    {
        for (var at = 0; at < _filter.Topics.Count; at++)
        {
            if (_filter.Topics[at] is { } topic && (log.Topics.Count <= at || log.Topics[at] != topic))
                return false;
        }

        return true;
    }
}
