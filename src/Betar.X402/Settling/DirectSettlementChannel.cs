using Betar.Ethereum;
using Betar.Ethereum.Keys;

namespace Betar.X402.Settling;

/// <summary>
/// Sends from one account on one chain, one transaction after the other. For small sellers and tests: what it knows is in memory, so
/// that after a restart the chain is asked.
/// </summary>
public sealed class DirectSettlementChannel : ISettlementChannel, IDisposable
{
    private readonly IChainClient _chain;
    private readonly ISigner _account;
    private readonly DirectSettlementOptions _options;
    private readonly TimeProvider _time;
    private readonly SettlementReader _reader;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<PaymentKey, Hash32> _sent = [];
    private readonly Queue<PaymentKey> _order = new();

    public DirectSettlementChannel(IChainClient chain, ISigner account, DirectSettlementOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_chain, _account, _options, _time, _reader) = (chain, account, options, time, new SettlementReader(chain));
    }

    public async Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        if (request.Sender is { } sender && sender != _account.Address)
        {
            return SettlementOutcome.Refused("only another account may send it");
        }

        if (Find(request.Key) is { } earlier)
        {
            return await WatchAsync(request, earlier, cancellationToken);
        }

        Hash32? sent;
        SettlementOutcome? refused;
        await _sending.WaitAsync(cancellationToken);
        try
        {
            (sent, refused) = Find(request.Key) is { } meanwhile ? (meanwhile, null) : await SendAsync(request, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }

        return refused ?? await WatchAsync(request, sent!.Value, cancellationToken);
    }

    public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) => Find(request.Key) is { } hash
        ? _reader.OfOwnTransactionAsync(request, hash, cancellationToken)
        : _reader.OfAuthorizationAsync(request, cancellationToken);

    public void Dispose() => _sending.Dispose();

    private async Task<(Hash32? Sent, SettlementOutcome? Refused)> SendAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        Eip1559Transaction transaction;
        try
        {
            var price = await _chain.GetGasPriceAsync(cancellationToken);
            if (price > _options.MaxGasPrice)
            {
                return (null, SettlementOutcome.Refused("gas costs more than may be paid for it"));
            }

            var fee = UInt256.TryMultiply(price, 2, out var doubled) && doubled < _options.MaxGasPrice ? doubled : _options.MaxGasPrice;
            var nonce = await _chain.GetTransactionCountAsync(_account.Address, BlockTag.Pending, cancellationToken);
            transaction = request.Call.ToTransaction(request.Key.Network.ChainId, nonce, fee, price < fee ? price : fee);
        }
        catch (ChainUnavailableException)
        {
            return (null, SettlementOutcome.Refused("the chain cannot be reached"));
        }

        var signed = await _account.SignTransactionAsync(transaction, cancellationToken);
        return signed.TryGetValue(out var ready)
            ? await BroadcastAsync(request, ready, cancellationToken)
            : (null, SettlementOutcome.Refused("the settling account's key did not sign"));
    }

    private async Task<(Hash32? Sent, SettlementOutcome? Refused)> BroadcastAsync(
        SettlementRequest request, SignedTransaction signed, CancellationToken cancellationToken)
    {
        // Known before it is sent: whatever happens on the way, it is never sent under a second nonce.
        Remember(request.Key, signed.Hash);
        try
        {
            var outcome = await _chain.SendRawTransactionAsync(signed.Raw, cancellationToken);
            if (outcome.Status != RpcStatus.Error || outcome.Error!.IsAlreadyKnown)
            {
                return (signed.Hash, null);
            }
        }
        catch (OperationCanceledException)
        {
            return (signed.Hash, null);
        }

        Forget(request.Key);
        return (null, SettlementOutcome.Refused("the node refuses the transaction"));
    }

    private async Task<SettlementOutcome> WatchAsync(SettlementRequest request, Hash32 hash, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var outcome = await _reader.OfOwnTransactionAsync(request, hash, cancellationToken);
                if (outcome.Status == SettlementStatus.Reverted)
                {
                    // Somebody else may have been faster with the payer's own authorisation: the money came all the same.
                    var fate = await _reader.OfAuthorizationAsync(request, cancellationToken);
                    if (fate.Status != SettlementStatus.Unused)
                    {
                        return fate with { Transaction = fate.Transaction ?? hash };
                    }

                    // It did nothing and never will: who asks again may have it sent again.
                    Forget(request.Key);
                    return outcome;
                }

                if (outcome.Status != SettlementStatus.Pending)
                {
                    return outcome;
                }

                await Task.Delay(_options.PollInterval, _time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return SettlementOutcome.Pending(hash, "the chain has not answered in time");
            }
        }
    }

    private Hash32? Find(PaymentKey key)
    {
        lock (_gate)
        {
            return _sent.TryGetValue(key, out var hash) ? hash : null;
        }
    }

    private void Remember(PaymentKey key, Hash32 hash)
    {
        lock (_gate)
        {
            _sent[key] = hash;
            _order.Enqueue(key);
            while (_order.Count > _options.MaxRemembered)
            {
                _sent.Remove(_order.Dequeue());
            }
        }
    }

    private void Forget(PaymentKey key)
    {
        lock (_gate)
        {
            _sent.Remove(key);
        }
    }
}
