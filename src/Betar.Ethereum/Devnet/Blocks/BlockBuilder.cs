namespace Betar.Ethereum.Devnet;

/// <summary>Runs transactions one after the other on an overlay. The same input gives the same block, now and at every replay.</summary>
internal sealed class BlockBuilder(LedgerState state, DevnetBlock parent, ulong timestamp, uint fork)
{
    readonly StateOverlay _overlay = new(state);
    readonly List<MinedTransaction> _mined = [];
    readonly List<(AuthorizationKey Authorization, int Index)> _ended = [];
    int _logs;
    ulong _gasUsed;

    /// <param name="forcedRevert">The reason of an injected revert, or null.</param>
    internal void Add(PreparedTransaction prepared, string? forcedRevert)
    {
        var gasNeeded = prepared.GasNeeded;
        var gasLimit = prepared.Transaction?.GasLimit ?? 0;
        var outOfGas = gasLimit < gasNeeded;
        var revert = forcedRevert
            ?? (outOfGas ? TokenReverts.None : TokenExecutor.Check(prepared.Call, prepared.Sender, timestamp, _overlay));
        if (revert is null)
            TokenExecutor.Apply(prepared.Call, prepared.Sender, _overlay);
        if (prepared.Transaction is { } transaction)
            _overlay.SetNonce(prepared.Sender, transaction.Nonce + 1);

        var gasUsed = Math.Min(gasNeeded, gasLimit);
        _gasUsed += gasUsed;
        var mined = new MinedTransaction
        {
            Hash = prepared.Hash,
            Sender = prepared.Sender,
            Raw = prepared.Raw,
            Proof = prepared.Call.Proof,
            Revert = revert,
            IsForced = forcedRevert is not null,
            GasUsed = gasUsed,
            CumulativeGasUsed = _gasUsed,
            Index = _mined.Count,
            FirstLogIndex = _logs,
        };
        if (revert is null)
        {
            _logs += TokenLog.CountOf(prepared.Call);
            if (prepared.Call.Method is TokenMethod.TransferWithAuthorization or TokenMethod.CancelAuthorization)
                _ended.Add((new AuthorizationKey(prepared.Call.From, prepared.Call.Nonce), mined.Index));
        }

        _mined.Add(mined);
    }

    /// <summary>The authorisations that were used or cancelled, and in which of the block's transactions.</summary>
    internal IReadOnlyList<(AuthorizationKey Authorization, int Index)> Ended => _ended;

    internal DevnetBlock Build() => new(parent.Hash, parent.Number + 1, timestamp, fork, [.. _mined]);

    /// <summary>Once the block is durable.</summary>
    internal void MergeState() => _overlay.MergeDown();
}
