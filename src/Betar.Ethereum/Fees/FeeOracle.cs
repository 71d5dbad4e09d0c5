namespace Betar.Ethereum;

/// <summary>Says what to offer for gas, never more than allowed. A chain that takes more gets no transaction at all.</summary>
public sealed class FeeOracle
{
    readonly IChainClient _chain;
    readonly FeeOptions _options;

    public FeeOracle(IChainClient chain, FeeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _chain = chain;
        _options = options ?? new FeeOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
    }

    public async Task<FeeOutcome> QuoteAsync(CancellationToken cancellationToken)
    {
        var header = _chain.GetHeaderAsync(BlockTag.Latest, cancellationToken);
        var priority = _chain.GetPriorityFeeAsync(cancellationToken);
        await Task.WhenAll(header, priority).ConfigureAwait(false);
        var latest = await header.ConfigureAwait(false);
        if (!latest.TryGetValue(out var block) || block is null)
            return FeeOutcome.Unavailable(latest.IsValue ? "the node has no latest block" : latest.Describe());
        return block.BaseFeePerGas is { } baseFee
            ? Quote(baseFee, await priority.ConfigureAwait(false))
            : await QuoteGasPriceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a transaction must offer to take the place of one with the same nonce that waits.</summary>
    /// <param name="now">What a new transaction would offer, where that is known.</param>
    public FeeOutcome Replace(FeeQuote sent, FeeQuote? now)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var most = Raise(sent.MaxFeePerGas, now?.MaxFeePerGas ?? 0);
        return most > _options.MaxFeePerGas
            ? FeeOutcome.TooExpensive((UInt256)most, _options.MaxFeePerGas)
            : FeeOutcome.Of(sent with
            {
                MaxFeePerGas = (ulong)most,
                MaxPriorityFeePerGas = (ulong)Raise(sent.MaxPriorityFeePerGas, now?.MaxPriorityFeePerGas ?? 0),
                BaseFeePerGas = now?.BaseFeePerGas ?? sent.BaseFeePerGas,
            });
    }

    FeeOutcome Quote(UInt256 baseFee, RpcOutcome<UInt256> advised)
    {
        // A node that gives no advice is no reason not to send: the least is then offered.
        if (!advised.IsValue && advised.Error is null)
            return FeeOutcome.Unavailable(advised.Describe());
        var priority = Math.Clamp(Small(advised.IsValue ? advised.Value : UInt256.Zero), _options.MinPriorityFeePerGas, _options.MaxPriorityFeePerGas);
        if (baseFee > _options.MaxFeePerGas)
            return FeeOutcome.TooExpensive(baseFee, _options.MaxFeePerGas);

        // The next block's base fee is at most an eighth higher.
        var today = (ulong)baseFee;
        var needed = (UInt128)today + today / 8 + priority;
        if (needed > _options.MaxFeePerGas)
            return FeeOutcome.TooExpensive((UInt256)needed, _options.MaxFeePerGas);
        var wanted = (UInt128)today * (uint)_options.BaseFeePercent / 100 + priority;
        return FeeOutcome.Of(new FeeQuote((ulong)UInt128.Min(wanted, _options.MaxFeePerGas), priority, today, HasBaseFee: true));
    }

    async Task<FeeOutcome> QuoteGasPriceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var price = await _chain.GetGasPriceAsync(cancellationToken).ConfigureAwait(false);
            return price > _options.MaxFeePerGas
                ? FeeOutcome.TooExpensive(price, _options.MaxFeePerGas)
                : FeeOutcome.Of(new FeeQuote((ulong)price, (ulong)price, 0, HasBaseFee: false));
        }
        catch (ChainUnavailableException fault)
        {
            return FeeOutcome.Unavailable(fault.Message);
        }
    }

    // Rounded up, and one more at least: nodes keep what they have when the newcomer offers the same.
    UInt128 Raise(ulong sent, ulong now)
    {
        var raised = ((UInt128)sent * (uint)_options.ReplacementPercent + 99) / 100;
        return UInt128.Max(UInt128.Max(raised, (UInt128)sent + 1), now);
    }

    static ulong Small(UInt256 value) => value.TryToUInt64(out var small) ? small : ulong.MaxValue;
}
