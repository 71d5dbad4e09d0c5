using System.Diagnostics;
using System.Globalization;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Buying;
using Betar.Grains.Settlement.Audit;
using Betar.Marketplace.Listings;
using Betar.Node.Cli.Ledger;
using Betar.Node.Composition;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Protocol;
using Orleans;

namespace Betar.Node.Demo;

/// <summary>What the demo shows, in order: a purchase from end to end, a replay, a refund, a forged payment, and the sum of the ledger.</summary>
internal sealed class DemoStory(SellerNode seller, BuyerNode buyer, Action<DemoStep> told)
{
    private const string Question = "What is 6 * 7?";
    private const string Answer = "42";

    private readonly List<DemoStep> _steps = [];

    public async Task<DemoReport> TellAsync(CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<Listing> listings = await buyer.DiscoverAsync(seller.Addresses[0], cancellationToken);
        Listing agent = listings.Single(listing => listing.Name == "math");
        Tell("discover", $"{listings.Count} agents listed by {seller.Identity.PeerId}; taking {agent.Name} at {agent.Price} USDC",
            Stopwatch.GetElapsedTime(started), listings.Count == DemoAgents.All.Count);

        IPurchaseGrain purchase = buyer.Grains.GetGrain<IPurchaseGrain>(Guid.NewGuid().ToString());
        PurchaseResult bought = await purchase.Buy(Intent(agent, Question));
        await TellPurchaseAsync(bought, cancellationToken);

        await TellReplayAsync(purchase, bought, cancellationToken);
        await TellRefundAsync(agent);
        await TellForgeryAsync(agent, cancellationToken);
        return await CloseAsync(new DemoReceipt(agent.Name, agent.Id, Question, bought), cancellationToken);
    }

    private async Task TellPurchaseAsync(PurchaseResult bought, CancellationToken cancellationToken)
    {
        bool delivered = bought.Stage == PurchaseStage.Delivered && bought.Output == Answer;
        Tell("quote", "the seller asked for a payment and kept nothing", StepOf(bought, "quote"), true);
        Tell("sign", $"{bought.Amount} units to {bought.PayTo}, signed once and stored before it was sent", StepOf(bought, "sign"), bought.PaymentKey.Length > 0);

        LedgerEntry[] entries = [];
        if (PaymentKey.TryParse(bought.PaymentKey, out PaymentKey key))
            entries = [.. await seller.Ledger.ReadAsync(key, cancellationToken)];
        Tell("settle", $"transaction {bought.TransactionHash}", Between(entries, 0, 1), entries.Length > 1 && entries[1].Kind == LedgerKind.Settled, bought.TransactionHash);
        Tell("execute", $"\"{Question}\" -> \"{bought.Output}\"", Between(entries, 1, 2), delivered);
        Tell("receipt", $"order {string.Join(" -> ", entries.Select(entry => entry.Kind))} in the ledger", TimeSpan.Zero,
            entries.Length == 3 && entries[2].Kind == LedgerKind.Delivered);
    }

    private async Task TellReplayAsync(IPurchaseGrain purchase, PurchaseResult bought, CancellationToken cancellationToken)
    {
        LedgerTotals before = await seller.Ledger.TotalsAsync(cancellationToken);
        long started = Stopwatch.GetTimestamp();
        PurchaseResult again = await purchase.Repeat();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        LedgerTotals after = await seller.Ledger.TotalsAsync(cancellationToken);
        Tell("replay", "the same payment shown again got the stored answer, and nothing was charged", took,
            again.Output == bought.Output && again.TransactionHash == bought.TransactionHash && before.Entries == after.Entries);
    }

    private async Task TellRefundAsync(Listing agent)
    {
        long started = Stopwatch.GetTimestamp();
        PurchaseResult failed = await buyer.Grains.GetGrain<IPurchaseGrain>(Guid.NewGuid().ToString()).Buy(Intent(agent, "1 / 0"));
        Tell("refund", $"a task that could not be done was paid back in {failed.TransactionHash}", Stopwatch.GetElapsedTime(started),
            failed.Stage == PurchaseStage.Refunded, failed.TransactionHash);
    }

    private async Task TellForgeryAsync(Listing agent, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        string reason = await ForgeAsync(agent, cancellationToken);
        Tell("tampered", $"a payment of one unit less was refused: {reason}", Stopwatch.GetElapsedTime(started),
            reason.Contains("value_mismatch", StringComparison.Ordinal));
    }

    /// <summary>Signs what was asked, then lowers the amount in the message.</summary>
    private async Task<string> ForgeAsync(Listing agent, CancellationToken cancellationToken)
    {
        string to = seller.Addresses[0].ToString(), correlation = Guid.NewGuid().ToString();
        byte[] body = new TaskBody(Question, agent.Id).Write();
        SellerAnswer quoted = await buyer.Sellers.RequestAsync(
            to, new X402Request { CorrelationId = correlation, Resource = agent.Id, Body = body }, cancellationToken);
        if (quoted.Reply is not PaymentRequired offer)
            return $"no quote: {quoted.Fault}";

        AtomicAmount price = AtomicAmount.Parse(agent.PriceAtomic);
        SignedOffer signed = buyer.Signer.Sign(offer, new OfferPolicy
        {
            Payee = null, ListedPrice = price, Cap = price, Assets = seller.Chain.Assets, Network = seller.Chain.Asset.Network,
        });
        if (!signed.IsSigned)
            return $"not signed: {signed.Refusal}";
        ExactPayload payload = signed.Payment.Payload!;
        Authorization lower = payload.Authorization! with { Value = (price - 1).ToString() };
        PaymentEnvelope forged = signed.Payment with { Payload = payload with { Authorization = lower } };
        SellerAnswer answer = await buyer.Sellers.PayAsync(
            to, new PaidRequest { CorrelationId = correlation, Payment = forged, Body = body }, cancellationToken);
        return answer.Reply is X402Error error ? $"{error.ErrorName} {error.Message}" : $"it was not refused ({answer.Fault})";
    }

    private async Task<DemoReport> CloseAsync(DemoReceipt receipt, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        LedgerReport report = await seller.Ledger.VerifyAsync(cancellationToken);
        LedgerTotals totals = report.Totals;
        Tell("ledger", $"in {totals.In} = delivered {totals.Delivered} + refunded {totals.Refunded} + held {totals.Held}",
            Stopwatch.GetElapsedTime(started), report.Ok && totals.Conserved);
        started = Stopwatch.GetTimestamp();
        var accounts = new AuditAccounts([Address.FromKey(seller.Keys.Payee)], Address.FromKey(seller.Keys.Refund));
        AuditReport audit = await LedgerAudit.AuditAsync(seller.Ledger, seller.Chain, accounts, cancellationToken);
        Tell("chain", $"{audit.Rows} entries and {audit.Transfers} transfers agree with {seller.Chain.Network}",
            Stopwatch.GetElapsedTime(started), audit is { Ok: true, Rows: 3 });
        return new DemoReport(seller.Chain.Asset.Network.ToString(), seller.Identity.PeerId, buyer.PeerId.ToString(), _steps, receipt, totals, report.Ok);
    }

    private PurchaseIntent Intent(Listing agent, string input) => new()
    {
        Seller = seller.Addresses[0].ToString(),
        AgentId = agent.Id,
        Input = input,
        Wallet = buyer.Wallet.ToString(),
        MaxAmount = agent.PriceAtomic,
        PayTo = agent.PayTo,
    };

    private void Tell(string name, string tells, TimeSpan took, bool ok, string? transaction = null)
    {
        var step = new DemoStep(name, tells, took.TotalMilliseconds, ok, transaction);
        _steps.Add(step);
        told(step);
    }

    private static TimeSpan StepOf(PurchaseResult bought, string name) => TimeSpan.FromMicroseconds(
        bought.Steps.FirstOrDefault(step => step.Name == name)?.Microseconds ?? 0);

    private static TimeSpan Between(LedgerEntry[] entries, int from, int to) =>
        entries.Length > to ? entries[to].At - entries[from].At : TimeSpan.Zero;
}
