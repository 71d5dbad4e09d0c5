using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Settlement.Batches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Betar.Grains.Settlement;

/// <summary>
/// Reentrant: many orders are on their way at once, each with the next transaction nonce of the account. When one of them
/// may not have reached the chain, the nonces are read again before the next is sent.
/// </summary>
[Reentrant]
internal sealed partial class SettlerGrain(
    IChainClient chain,
    SettlementAccounts accounts,
    IGasFees fees,
    IOptions<SettlementOptions> options,
    TimeProvider time,
    ILogger<SettlerGrain> log) : Grain, ISettlerGrain
{
    private static readonly SettlementResult s_unused = new() { State = SettlementState.Unused };

    private readonly AuthorizationFate _fate = new(chain, options.Value.Confirmations);

    /// <summary>What a block had when it was last looked at, and too few blocks after it.</summary>
    private readonly HashSet<string> _unconfirmed = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Task<SettlementResult>> _underWay = new(StringComparer.Ordinal);

    private SettlementAccount _account = null!;
    private TransactionNonces _nonces = null!;
    private TransferSender _sender = null!;
    private CallFate _calls = null!;
    private UnseenCalls _unseen = null!;
    private BatchMemory _batched = null!;
    private TransferBatches _batches = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!accounts.TryFind(this.GetPrimaryKeyString(), out SettlementAccount? account))
            throw new InvalidOperationException($"This node has no key for account '{this.GetPrimaryKeyString()}'.");
        _account = account;
        _nonces = new TransactionNonces(chain, account.Address);
        _calls = new CallFate(chain, account.Address, options.Value.Confirmations);
        _unseen = new UnseenCalls(chain, account.Address);
        _sender = new TransferSender(chain, account, _nonces, fees, options.Value)
        {
            NonceTaken = (nonce, attempt) => LogNonceTaken(log, nonce, attempt),
            Replaced = (nonce, fee) => LogReplaced(log, nonce, fee),
            StuckReplaced = nonce => LogStuckReplaced(log, _account.GrainKey, nonce),
        };
        _batched = new BatchMemory(chain, account.Address);
        _batches = new TransferBatches(chain, _sender, _batched, options.Value, time);
        return Task.CompletedTask;
    }

    public Task<SettlementResult> Settle(TransferOrder order) => OnceAsync(new OrderedTransfer(order, _fate), looksFirst: false);

    public Task<SettlementResult> Reconcile(TransferOrder order) => LookAsync(new OrderedTransfer(order, _fate));

    public Task<SettlementResult> SettleCall(CallOrder order) => OnceAsync(new OrderedCall(order, _calls), looksFirst: true);

    public Task<SettlementResult> ReconcileCall(CallOrder order) => LookAsync(new OrderedCall(order, _calls));

    /// <summary>Who asks for what is under way waits for its end.</summary>
    private Task<SettlementResult> OnceAsync(IChainOrder order, bool looksFirst)
    {
        if (_underWay.TryGetValue(order.Name, out Task<SettlementResult>? running))
            return running;
        Task<SettlementResult> begun = RunAsync(order, looksFirst);
        if (!begun.IsCompleted)
            _underWay[order.Name] = begun;
        return begun;
    }

    private async Task<SettlementResult> RunAsync(IChainOrder order, bool looksFirst)
    {
        try
        {
            SettlementResult end = looksFirst || _batched.Knows(order.Name) ? await LookAsync(order) : s_unused;
            if (end.State == SettlementState.Unused)
                end = await BringAsync(order);
            if (end.State is SettlementState.Settled or SettlementState.Refused)
                _batched.Forget(order.Name);
            return end;
        }
        finally
        {
            _underWay.Remove(order.Name);
        }
    }

    private async Task<SettlementResult> BringAsync(IChainOrder order)
    {
        long started = time.GetTimestamp();
        for (int dropped = 0; ; dropped++)
        {
            SettlementResult result = await SendOnceAsync(order);
            if (IsUnconfirmed(result))
                result = await AwaitConfirmationsAsync(order, started);
            if (IsUnconfirmed(result))
                _unconfirmed.Add(order.Subject);
            else
                _unconfirmed.Remove(order.Subject);
            if (result.State != SettlementState.Unused)
                return result;

            // A reorganisation took it back: the order is as good as before, and our transaction nonces are not.
            LogDropped(log);
            _nonces.Reread();
            if (!order.IsGuarded || _batched.Knows(order.Name) || dropped >= options.Value.Replacements)
                return Pending(AuthorizationFate.Unconfirmed);
        }
    }

    private async Task<SettlementResult> LookAsync(IChainOrder order)
    {
        SettlementResult fate = order.IsGuarded && !_batched.Knows(order.Name) ? await order.FindAsync() : await LookForUnseenAsync(order);
        if (IsUnconfirmed(fate))
        {
            _unconfirmed.Add(order.Subject);
        }
        else if (_unconfirmed.Remove(order.Subject) && fate.State == SettlementState.Unused)
        {
            // A block had it and it is gone: what we think of our transaction nonces is as old.
            LogDropped(log);
            _nonces.Reread();
        }
        return fate;
    }

    /// <summary>Asked in this order: what is included between the two questions is found by the second.</summary>
    private async Task<SettlementResult> LookForUnseenAsync(IChainOrder order)
    {
        bool mayWait;
        try
        {
            mayWait = order.IsGuarded ? await _batched.MayWaitAsync(order.Name) : await _unseen.MayWaitAsync(order.Name);
        }
        catch (ChainUnavailableException silence)
        {
            return Pending(silence.Message);
        }
        SettlementResult fate = await order.FindAsync();
        bool isOpen = fate.State == SettlementState.Unused || (!order.IsGuarded && fate.State == SettlementState.Refused);
        return mayWait && isOpen
            ? Pending("A transaction of this account, perhaps its own, is on its way.")
            : fate;
    }

    private async Task<SettlementResult> SendOnceAsync(IChainOrder order)
    {
        FeeOutcome fee = await fees.QuoteAsync(CancellationToken.None);
        if (!fee.TryGetQuote(out FeeQuote? quote))
        {
            LogFee(log, fee.Detail);
            return Pending(fee.Code);
        }

        RpcOutcome<TransactionReceipt>? sent = !order.IsGuarded ? await SendUnguardedAsync(order, quote)
            : await _batches.MayShareAsync(order) ? await _batches.SendAsync(order, quote)
            : await _sender.SendAsync(order.Call, quote);
        return sent switch
        {
            null => Pending("The chain cannot be reached."),
            { IsValue: true } included => await JudgeAsync(order, included.Value),
            { } silent => Pending(silent.Describe()),
        };
    }

    private async Task<RpcOutcome<TransactionReceipt>?> SendUnguardedAsync(IChainOrder order, FeeQuote quote)
    {
        (RpcOutcome<TransactionReceipt>? sent, ulong? nonce) = await _sender.SendOnceAsync(order.Call, quote);
        if (sent is { IsValue: true })
            _unseen.Seen(order.Name);
        else
            _unseen.Sent(order.Name, nonce);
        return sent;
    }

    /// <summary>
    /// A receipt is believed only when it carries what proves the order. One that does not says nothing about the payer's nonce: somebody may
    /// have used it before us, and as long as it is valid somebody still can.
    /// </summary>
    private async Task<SettlementResult> JudgeAsync(IChainOrder order, TransactionReceipt receipt)
    {
        bool carries = order.IsDoneBy(receipt);
        if (carries && (options.Value.Confirmations == 1 || !order.IsTraceable))
            return new SettlementResult { State = SettlementState.Settled, TransactionHash = receipt.TransactionHash.ToString() };

        SettlementResult fate = await order.FindAsync();
        return fate.State == SettlementState.Unused && !carries
            ? Pending(receipt.Succeeded ? RevertReasons.EventMismatch : RevertReasons.Default)
            : fate;
    }

    private async Task<SettlementResult> AwaitConfirmationsAsync(IChainOrder order, long started)
    {
        while (true)
        {
            if (time.GetElapsedTime(started) >= options.Value.ConfirmationTimeout)
                return Pending(AuthorizationFate.Unconfirmed);
            await Task.Delay(options.Value.ConfirmationInterval, time);
            SettlementResult fate = await order.FindAsync();
            if (!IsUnconfirmed(fate))
                return fate;
        }
    }

    private static bool IsUnconfirmed(SettlementResult result) =>
        result is { State: SettlementState.Pending, Reason: AuthorizationFate.Unconfirmed };

    private static SettlementResult Pending(string reason) => new() { State = SettlementState.Pending, Reason = reason };
}
