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
    SettlementAccount account,
    IOptions<SettlementOptions> options,
    ILogger<SettlerGrain> log) : Grain, ISettlerGrain
{
    private readonly TransactionNonces _nonces = new(chain, account.Address);
    private readonly AuthorizationFate _fate = new(chain);

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        this.GetPrimaryKeyString() == account.GrainKey
            ? Task.CompletedTask
            : throw new InvalidOperationException($"This node has no key for account '{this.GetPrimaryKeyString()}'.");

    public async Task<SettlementResult> Settle(TransferOrder order)
    {
        Address token = Address.Parse(order.Asset);
        SignedTransferAuthorization authorization = Authorizations.Of(order);
        ContractCall call = new Eip3009Token(chain, token).Settle(authorization);
        for (int attempt = 1; ; attempt++)
        {
            if (await _nonces.TakeAsync() is not { } nonce)
                return Pending("The chain cannot be reached.");

            RpcOutcome<TransactionReceipt> sent = await SendAsync(call, nonce);
            if (sent.IsValue)
                return await JudgeAsync(token, authorization, sent.Value);
            if (sent.Error is not { IsNonceTooLow: true } || attempt >= options.Value.NonceTries)
                return Pending(sent.Describe());
            LogNonceTaken(log, nonce, attempt);
        }
    }

    public Task<SettlementResult> Reconcile(TransferOrder order) =>
        _fate.FindAsync(Address.Parse(order.Asset), Authorizations.Of(order));

    /// <summary>Every nonce that was taken is given account of, whatever happens: one that is not would hold up all that come after.</summary>
    private async Task<RpcOutcome<TransactionReceipt>> SendAsync(ContractCall call, ulong nonce)
    {
        bool arrived = false;
        try
        {
            RpcOutcome<TransactionReceipt> sent = await chain.SendRawTransactionSyncAsync(
                Sign(call, nonce), options.Value.ReceiptTimeout, CancellationToken.None);
            arrived = sent.IsValue;
            return sent;
        }
        finally
        {
            _nonces.Done(arrived);
        }
    }

    private ReadOnlyMemory<byte> Sign(ContractCall call, ulong nonce) => call
        .ToTransaction(account.Network.ChainId, nonce, options.Value.MaxFeePerGas, options.Value.MaxPriorityFeePerGas)
        .Sign(account.Key).Raw;

    /// <summary>
    /// A receipt is believed only when it carries the token's own event of exactly this transfer. One that does not says nothing
    /// about the authorisation: somebody may have used it before us, and as long as it is valid somebody still can.
    /// </summary>
    private async Task<SettlementResult> JudgeAsync(Address token, SignedTransferAuthorization authorization, TransactionReceipt receipt)
    {
        if (receipt.Succeeded && AuthorizationFate.Carries(receipt, token, authorization))
            return new SettlementResult { State = SettlementState.Settled, TransactionHash = receipt.TransactionHash.ToString() };

        SettlementResult fate = await _fate.FindAsync(token, authorization);
        return fate.State == SettlementState.Unused
            ? Pending(receipt.Succeeded ? RevertReasons.EventMismatch : RevertReasons.Default)
            : fate;
    }

    private static SettlementResult Pending(string reason) => new() { State = SettlementState.Pending, Reason = reason };
}
