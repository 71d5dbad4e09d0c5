using System.Diagnostics;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Settlement.Audit;
using Betar.Marketplace.Listings;
using Betar.Node.Cli.Ledger;
using Betar.Node.Composition;
using Betar.Storage.Ledger;
using Betar.Storage.WebSales;

namespace Betar.Node.Demo;

/// <summary>What a demo has shown so far, and the sums that close it.</summary>
internal sealed class DemoTelling(DemoSeller seller, Action<DemoStep> told)
{
    private readonly List<DemoStep> _steps = [];
    private readonly List<DemoReceipt> _receipts = [];

    public void Tell(string name, string tells, TimeSpan took, bool ok, string? transaction = null)
    {
        var step = new DemoStep(name, tells, took.TotalMilliseconds, ok, transaction);
        _steps.Add(step);
        told(step);
    }

    public void Keep(Listing agent, string input, PurchaseResult result) => _receipts.Add(new DemoReceipt(agent.Name, agent.Id, input, result));

    /// <summary>From one of the ledger's entries to another; nothing when they are not there.</summary>
    public static TimeSpan Between(LedgerEntry[] entries, int from, int to) =>
        entries.Length > to ? entries[to].At - entries[from].At : TimeSpan.Zero;

    /// <param name="buyer">Its peer id.</param>
    /// <param name="transactions">How many there must be on the chain.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DemoReport> CloseAsync(string buyer, int transactions, CancellationToken cancellationToken)
    {
        SellerNode node = seller.Node;
        long started = Stopwatch.GetTimestamp();
        LedgerReport report = await node.Ledger.VerifyAsync(cancellationToken);
        LedgerTotals totals = report.Totals;
        Tell("ledger", $"in {totals.In.ToUsdc()} = delivered {totals.Delivered.ToUsdc()} + refunded {totals.Refunded.ToUsdc()} + held {totals.Held.ToUsdc()} USDC",
            Stopwatch.GetElapsedTime(started), report.Ok && totals.Conserved);
        started = Stopwatch.GetTimestamp();
        var accounts = new AuditAccounts([Address.FromKey(node.Keys.Payee)], Address.FromKey(node.Keys.Refund));
        AuditReport audit = await LedgerAudit.AuditAsync(node.Ledger, node.Chain, accounts, await DurableWebSales.ReadAllAsync(node.Database, cancellationToken), cancellationToken);
        Tell("chain", $"{audit.Rows} entries and {audit.Transfers} transfers agree with {node.Chain.Network}",
            Stopwatch.GetElapsedTime(started), audit.Ok && audit.Rows == transactions);
        return new DemoReport(node.Chain.Asset.Network.ToString(), node.Identity.PeerId, buyer, _steps, _receipts, totals, report.Ok);
    }
}
