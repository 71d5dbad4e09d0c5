using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Grains.Settlement.Audit;

/// <summary>From the chain to the ledger: each transfer to or from our accounts is claimed by an entry, or explained, or a fault.</summary>
internal sealed class ReverseAudit
{
    private readonly IChainClient _chain;
    private readonly Address _token;
    private readonly Address _refunds;
    private readonly List<AuditFault> _faults;
    private readonly Dictionary<(Address From, Hash32 Nonce), (PaymentKey Key, AuditedOrder Order)> _payments;
    private readonly HashSet<Hash32> _owed;

    public ReverseAudit(
        IChainClient chain, Address token, IReadOnlyDictionary<PaymentKey, AuditedOrder> orders, IReadOnlyList<AuditedSale> sales, AuditAccounts accounts, List<AuditFault> faults)
    {
        _chain = chain;
        _token = token;
        _refunds = accounts.Refunds;
        _faults = faults;
        _payments = orders.ToDictionary(order => (order.Key.From, order.Key.Nonce.Value), order => (order.Key, order.Value));
        IEnumerable<PaymentKey> owed = orders.Where(order => order.Value.Stage == LedgerKind.RefundOwed).Select(order => order.Key)
            .Concat(sales.Where(sale => sale.PaidBack.Length == 0 && !sale.GoesBack.IsZero).Select(sale => sale.Payment));
        _owed = [.. owed.Select(key => RefundAccount.NonceOf(key.ToString()).Value)];
    }

    /// <summary>Transfers of orders whose entry is still to be written.</summary>
    public int Open { get; private set; }

    /// <summary>Money that came without an authorisation.</summary>
    public int Others { get; private set; }

    public async Task CompareAsync(IReadOnlyList<LogEntry> logs, IEnumerable<AuditedTransfer> claims, CancellationToken cancellationToken)
    {
        // A transaction may carry several equal transfers, and each claim covers one.
        Dictionary<(string, TransferEvent), int> covered = claims
            .GroupBy(claim => (claim.Hash.ToLowerInvariant(), new TransferEvent(claim.From, claim.To, claim.Value)))
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (LogEntry log in logs)
        {
            if (!TransferEvent.TryDecode(log, _token, out TransferEvent? transfer))
                continue;
            var key = (log.TransactionHash.ToString(), transfer!);
            if (covered.TryGetValue(key, out int left) && left > 0)
                covered[key] = left - 1;
            else
                await ExplainAsync(log, transfer!, cancellationToken);
        }
    }

    private async Task ExplainAsync(LogEntry log, TransferEvent transfer, CancellationToken cancellationToken)
    {
        string hash = log.TransactionHash.ToString();
        TransactionReceipt? receipt = await _chain.GetReceiptAsync(log.TransactionHash, cancellationToken);
        Hash32[] nonces = [.. (receipt?.Logs ?? []).Select(entry =>
            AuthorizationEvent.TryDecode(entry, _token, out AuthorizationEvent? used) && !used!.Canceled && used.Authorizer == transfer.From
                ? used.Nonce
                : (Hash32?)null).OfType<Hash32>()];

        if (transfer.From == _refunds && !nonces.Any(_owed.Contains))
            _faults.Add(new AuditFault(AuditFaultKind.LeftUnexplained, "", hash,
                $"{transfer.Value} units left the refund account for {transfer.To} in {hash}, and no order owes them."));
        else if (transfer.From == _refunds)
            Open++;
        else if (nonces.Length == 0)
            Others++;
        else
            ExplainPayment(transfer, nonces, hash);
    }

    private void ExplainPayment(TransferEvent transfer, Hash32[] nonces, string hash)
    {
        foreach (Hash32 nonce in nonces)
        {
            if (!_payments.TryGetValue((transfer.From, nonce), out (PaymentKey Key, AuditedOrder Order) known) || !IsThe(known.Order, transfer))
                continue;
            if (known.Order.Stage == LedgerKind.Refused)
                _faults.Add(new AuditFault(AuditFaultKind.RefusedButPaid, known.Key.ToString(), hash,
                    $"{known.Key} was refused, and the chain moved its {transfer.Value} units in {hash}."));
            else if (known.Order.Stage == LedgerKind.Reserved)
                Open++;
            else if (known.Order.Settled == hash)
                continue;
            return;
        }

        _faults.Add(new AuditFault(AuditFaultKind.PaidUnrecorded, "", hash,
            $"{transfer.From} paid {transfer.Value} units to {transfer.To} by an authorization in {hash}, and the ledger does not know it."));
    }

    private static bool IsThe(AuditedOrder order, TransferEvent transfer) =>
        order.Terms.To == transfer.To.ToString() && order.Terms.Value == transfer.Value.ToString();
}
