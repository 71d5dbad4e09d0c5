namespace Betar.Ethereum;

/// <summary>
/// Follows one transaction until enough blocks hold it, or until it can no longer be included. A receipt alone is not believed: the chain must
/// have its block at that height.
/// </summary>
public sealed class ReceiptWatch
{
    readonly IChainClient _chain;
    readonly WatchedTransaction _transaction;
    readonly ReceiptWatchOptions _options;
    readonly TimeProvider _time;
    ulong? _replacedAt;
    int _missed;

    /// <param name="lastBlock">The block in which it was last seen, when it was followed before.</param>
    public ReceiptWatch(
        IChainClient chain, WatchedTransaction transaction, ReceiptWatchOptions? options = null, TimeProvider? time = null, Hash32? lastBlock = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(transaction);
        (_chain, _transaction, _time, LastBlock) = (chain, transaction, time ?? TimeProvider.System, lastBlock);
        _options = options ?? new ReceiptWatchOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
    }

    /// <summary>The block in which it was last seen: kept by whoever wants to notice, after a restart, that the block has gone.</summary>
    public Hash32? LastBlock { get; private set; }

    /// <summary>Looks once. Not for two callers at the same time.</summary>
    public async Task<ReceiptSighting> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var receipt = await _chain.GetReceiptAsync(_transaction.Hash, cancellationToken).ConfigureAwait(false);
            return receipt is null
                ? await LookElsewhereAsync(cancellationToken).ConfigureAwait(false)
                : await CompareAsync(receipt, cancellationToken).ConfigureAwait(false);
        }
        catch (ChainUnavailableException fault)
        {
            return ReceiptSighting.Unavailable(fault.Message);
        }
    }

    /// <summary>Looks until it is confirmed, replaced or dropped, or the time is up; answers the last sighting.</summary>
    /// <param name="changed">Told of each sighting that differs from the one before.</param>
    public async Task<ReceiptSighting> FollowAsync(Action<ReceiptSighting>? changed, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        ReceiptSighting? last = null;
        while (true)
        {
            var sighting = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (sighting != last)
                changed?.Invoke(sighting);
            last = sighting;
            var left = _options.Timeout - _time.GetElapsedTime(start);
            if (sighting.IsFinal || sighting.State == ReceiptState.Dropped || left <= TimeSpan.Zero)
                return sighting;
            await Task.Delay(left < _options.Interval ? left : _options.Interval, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    async Task<ReceiptSighting> CompareAsync(TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        var at = _chain.GetHeaderAsync(BlockTag.Number(receipt.BlockNumber), cancellationToken);
        var latest = _chain.GetHeaderAsync(BlockTag.Latest, cancellationToken);
        await Task.WhenAll(at, latest).ConfigureAwait(false);
        var (block, head) = (await at.ConfigureAwait(false), await latest.ConfigureAwait(false));
        if (!block.IsValue || !head.IsValue)
            return ReceiptSighting.Unavailable(block.IsValue ? head.Describe() : block.Describe());
        (_missed, _replacedAt) = (0, null);
        if (block.Value?.Hash != receipt.BlockHash)
            return Lost() ?? ReceiptSighting.Of(ReceiptState.Pending);
        if (LastBlock is { } before && before != receipt.BlockHash)
        {
            LastBlock = receipt.BlockHash;
            return ReceiptSighting.Lost(before);
        }

        // A node whose head is behind its own receipt has not caught up with itself.
        LastBlock = receipt.BlockHash;
        var height = Math.Max(head.Value?.Number ?? 0, receipt.BlockNumber);
        var confirmations = height - receipt.BlockNumber + 1;
        var state = confirmations >= (ulong)_options.Confirmations ? ReceiptState.Confirmed : ReceiptState.Included;
        return new ReceiptSighting(state, receipt, confirmations, null, "");
    }

    async Task<ReceiptSighting> LookElsewhereAsync(CancellationToken cancellationToken)
    {
        // The height first: a nonce that is read later is not older than it.
        var latest = await _chain.GetHeaderAsync(BlockTag.Latest, cancellationToken).ConfigureAwait(false);
        var count = await _chain.GetTransactionCountAsync(_transaction.Sender, BlockTag.Latest, cancellationToken).ConfigureAwait(false);
        var known = await _chain.FindTransactionAsync(_transaction.Hash, cancellationToken).ConfigureAwait(false);
        if (!latest.IsValue || !known.IsValue)
            return ReceiptSighting.Unavailable(latest.IsValue ? known.Describe() : latest.Describe());
        if (Lost() is { } lost)
            return lost;
        if (count > _transaction.Nonce && known.Value is null)
            return LookUsed(latest.Value?.Number ?? 0);
        _replacedAt = null;
        _missed = known.Value is null ? Math.Min(_missed + 1, _options.MissingLooks) : 0;
        return ReceiptSighting.Of(_missed >= _options.MissingLooks ? ReceiptState.Dropped : ReceiptState.Pending);
    }

    // The nonce is used and there is no receipt. One that comes late, or a block that goes, must not be taken for a replacement:
    // it has to stay so over as many blocks as a confirmation takes, and over as many looks as a loss takes.
    ReceiptSighting LookUsed(ulong height)
    {
        _missed = Math.Min(_missed + 1, _options.MissingLooks);
        _replacedAt ??= height;
        var stays = height + 1 >= _replacedAt + (ulong)_options.Confirmations && _missed >= _options.MissingLooks;
        return ReceiptSighting.Of(stays ? ReceiptState.Replaced : ReceiptState.Pending);
    }

    ReceiptSighting? Lost()
    {
        if (LastBlock is not { } before)
            return null;
        (LastBlock, _missed, _replacedAt) = (null, 0, null);
        return ReceiptSighting.Lost(before);
    }
}
