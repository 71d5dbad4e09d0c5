using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Betar.Grains.Settlement;

/// <summary>
/// Reentrant: many transfers are on their way at once, each with the next transaction nonce of the account. When one of them
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
    private readonly AuthorizationFate _fate = new(chain, options.Value.Confirmations);

    /// <summary>Authorisations that a block had when they were last looked at, and too few blocks after it.</summary>
    private readonly HashSet<string> _unconfirmed = new(StringComparer.Ordinal);

    private SettlementAccount _account = null!;
    private TransactionNonces _nonces = null!;
    private TransferSender _sender = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!accounts.TryFind(this.GetPrimaryKeyString(), out SettlementAccount? account))
            throw new InvalidOperationException($"This node has no key for account '{this.GetPrimaryKeyString()}'.");
        _account = account;
        _nonces = new TransactionNonces(chain, account.Address);
        _sender = new TransferSender(chain, account, _nonces, fees, options.Value)
        {
            NonceTaken = (nonce, attempt) => LogNonceTaken(log, nonce, attempt),
            Replaced = (nonce, fee) => LogReplaced(log, nonce, fee),
            StuckReplaced = nonce => LogStuckReplaced(log, _account.GrainKey, nonce),
        };
        return Task.CompletedTask;
    }

    public async Task<SettlementResult> Settle(TransferOrder order)
    {
        Address token = Address.Parse(order.Asset);
        SignedTransferAuthorization authorization = Authorizations.Of(order);
        ContractCall call = new Eip3009Token(chain, token).Settle(authorization);
        long started = time.GetTimestamp();
        for (int dropped = 0; ; dropped++)
        {
            SettlementResult result = await SendOnceAsync(call, token, authorization);
            if (IsUnconfirmed(result))
                result = await AwaitConfirmationsAsync(token, authorization, started);
            if (IsUnconfirmed(result))
                _unconfirmed.Add(order.Nonce);
            else
                _unconfirmed.Remove(order.Nonce);
            if (result.State != SettlementState.Unused)
                return result;

            // A reorganisation took it back: the same authorisation is as good as before, and our transaction nonces are not.
            LogDropped(log);
            _nonces.Reread();
            if (dropped >= options.Value.Replacements)
                return Pending(AuthorizationFate.Unconfirmed);
        }
    }

    public async Task<SettlementResult> Reconcile(TransferOrder order)
    {
        SettlementResult fate = await _fate.FindAsync(Address.Parse(order.Asset), Authorizations.Of(order));
        if (IsUnconfirmed(fate))
        {
            _unconfirmed.Add(order.Nonce);
        }
        else if (_unconfirmed.Remove(order.Nonce) && fate.State == SettlementState.Unused)
        {
            // A block had it and it is gone: what we think of our transaction nonces is as old.
            LogDropped(log);
            _nonces.Reread();
        }
        return fate;
    }

    private async Task<SettlementResult> SendOnceAsync(ContractCall call, Address token, SignedTransferAuthorization authorization)
    {
        FeeOutcome fee = await fees.QuoteAsync(CancellationToken.None);
        if (!fee.TryGetQuote(out FeeQuote? quote))
        {
            LogFee(log, fee.Detail);
            return Pending(fee.Code);
        }

        RpcOutcome<TransactionReceipt>? sent = await _sender.SendAsync(call, quote);
        return sent switch
        {
            null => Pending("The chain cannot be reached."),
            { IsValue: true } included => await JudgeAsync(token, authorization, included.Value),
            { } silent => Pending(silent.Describe()),
        };
    }

    /// <summary>
    /// A receipt is believed only when it carries the token's own event of exactly this transfer. One that does not says nothing
    /// about the authorisation: somebody may have used it before us, and as long as it is valid somebody still can.
    /// </summary>
    private async Task<SettlementResult> JudgeAsync(Address token, SignedTransferAuthorization authorization, TransactionReceipt receipt)
    {
        bool carries = receipt.Succeeded && AuthorizationFate.Carries(receipt, token, authorization);
        if (options.Value.Confirmations == 1 && carries)
            return new SettlementResult { State = SettlementState.Settled, TransactionHash = receipt.TransactionHash.ToString() };

        SettlementResult fate = await _fate.FindAsync(token, authorization);
        return fate.State == SettlementState.Unused && !carries
            ? Pending(receipt.Succeeded ? RevertReasons.EventMismatch : RevertReasons.Default)
            : fate;
    }

    private async Task<SettlementResult> AwaitConfirmationsAsync(Address token, SignedTransferAuthorization authorization, long started)
    {
        while (true)
        {
            if (time.GetElapsedTime(started) >= options.Value.ConfirmationTimeout)
                return Pending(AuthorizationFate.Unconfirmed);
            await Task.Delay(options.Value.ConfirmationInterval, time);
            SettlementResult fate = await _fate.FindAsync(token, authorization);
            if (!IsUnconfirmed(fate))
                return fate;
        }
    }

    private static bool IsUnconfirmed(SettlementResult result) =>
        result is { State: SettlementState.Pending, Reason: AuthorizationFate.Unconfirmed };

    private static SettlementResult Pending(string reason) => new() { State = SettlementState.Pending, Reason = reason };
}
