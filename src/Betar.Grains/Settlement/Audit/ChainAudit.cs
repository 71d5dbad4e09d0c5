using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Networks;

namespace Betar.Grains.Settlement.Audit;

/// <summary>
/// Compares the ledger with the chain in both directions: every entry that names a transaction against that transaction's events, and
/// every transfer to or from our accounts against the entries. Sales that stand beside the ledger are compared in the same way. Changes nothing.
/// </summary>
public sealed class ChainAudit(ILedger ledger, IChainClient chain, PaymentAsset asset, AuditAccounts accounts, AuditOptions? options = null, IReadOnlyList<AuditedSale>? sales = null)
{
    private readonly AuditOptions _options = options ?? new AuditOptions();
    private readonly IReadOnlyList<AuditedSale> _sales = sales ?? [];
    private readonly Dictionary<PaymentKey, AuditedOrder> _orders = [];
    private readonly List<AuditFault> _faults = [];

    /// <exception cref="ChainUnavailableException">The chain did not answer; nothing can be said.</exception>
    public async Task<AuditReport> RunAsync(CancellationToken cancellationToken)
    {
        // The chain's head is read before the ledger: what happens meanwhile is in the ledger at the latest, and never a false alarm.
        ulong head = await chain.GetBlockNumberAsync(cancellationToken);
        await ReadLedgerAsync(cancellationToken);
        List<AuditedTransfer> claims = Claims();
        foreach (AuditedSale sale in _sales)
        {
            claims.AddRange(sale.Claims(accounts.Refunds));
            if (!sale.IsConserved)
                Fault(AuditFaultKind.Amount, sale.Payment.ToString(), sale.Transaction, $"Of the {sale.Paid} units of {sale.Payment} it is not known where all of them are.");
        }
        ulong? firstBlock = await CompareAsync(claims, cancellationToken);
        var reverse = new ReverseAudit(chain, asset.Address, _orders, _sales, accounts, _faults);
        Address[] payees = [.. accounts.Payees.Concat(_orders.Values.Select(order => Address.Parse(order.Terms.To))).Concat(_sales.Select(sale => sale.Payee)).Distinct()];
        IReadOnlyList<LogEntry> logs = (_options.FromBlock ?? firstBlock) is { } first
            ? await new TransferLogs(chain, asset.Address, _options).ReadAsync(payees, [accounts.Refunds], first, head, cancellationToken)
            : [];
        await reverse.CompareAsync(logs, claims, cancellationToken);
        return new AuditReport(claims.Count, logs.Count, reverse.Open, reverse.Others, _faults);
    }

    private async Task ReadLedgerAsync(CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry entry in ledger.QueryAsync(LedgerQuery.All, cancellationToken))
        {
            if (entry.Payment.Network == asset.Network && entry.Payment.Asset == asset.Address)
                _orders[entry.Payment] = _orders.TryGetValue(entry.Payment, out AuditedOrder? order) ? order.Then(entry) : AuditedOrder.Begin(entry);
        }
    }

    private List<AuditedTransfer> Claims()
    {
        List<AuditedTransfer> claims = [];
        foreach ((PaymentKey key, AuditedOrder order) in _orders)
        {
            string payment = key.ToString();
            Address payer = Address.Parse(order.Terms.From), payee = Address.Parse(order.Terms.To);
            UInt256 value = UInt256.Parse(order.Terms.Value);
            if (!order.AmountsAgree)
                Fault(AuditFaultKind.Amount, payment, order.Settled ?? "", $"The entries of {payment} are not about the {value} units that were authorised.");
            if (order.Settled is { } settled)
                claims.Add(new AuditedTransfer(payment, settled, payer, payee, value, key.Nonce.Value));
            if (order.Refunded is { } refunded)
                claims.Add(new AuditedTransfer(payment, refunded, accounts.Refunds, payer, value, RefundAccount.NonceOf(payment).Value));
        }
        return claims;
    }

    /// <returns>The first block that a claimed transaction is in.</returns>
    private async Task<ulong?> CompareAsync(List<AuditedTransfer> claims, CancellationToken cancellationToken)
    {
        ulong? firstBlock = null;
        foreach (AuditedTransfer[] chunk in claims.Chunk(_options.ReceiptsAtOnce))
        {
            TransactionReceipt?[] receipts = await Task.WhenAll(chunk.Select(claim => TransferProof.FindAsync(claim, chain, cancellationToken)));
            for (int i = 0; i < chunk.Length; i++)
            {
                if (TransferProof.FindFault(chunk[i], asset.Address, receipts[i]) is { } fault)
                    _faults.Add(fault);
                if (receipts[i] is { } receipt && !(firstBlock <= receipt.BlockNumber))
                    firstBlock = receipt.BlockNumber;
            }
        }
        return firstBlock;
    }

    private void Fault(AuditFaultKind kind, string payment, string transaction, string message) =>
        _faults.Add(new AuditFault(kind, payment, transaction, message));
}
