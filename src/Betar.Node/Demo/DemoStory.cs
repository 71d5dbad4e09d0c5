using System.Diagnostics;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.Marketplace.Listings;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Node.Demo;

/// <summary>What the demo shows, in order: a purchase from end to end, what goes wrong and does no harm, a workflow, a crash, and the sum of the ledger.</summary>
internal sealed class DemoStory(DemoSeller seller, DemoBuyer buyer, Action<DemoStep> told)
{
    private const string Question = "What is 6 * 7?";
    private const string Answer = "42";
    private const string Impossible = "1 / 0";
    private const string Saying = "paid work survives a crash";
    private const string Unlucky = "What is 2 ^ 10?";
    private const string UnluckyAnswer = "1024";

    /// <summary>Two of the purchase and its refund each, two of the workflow, one of the crash.</summary>
    private const int Transactions = 6;

    private readonly DemoTelling _telling = new(seller, told);

    private ILedger Ledger => seller.Node.Ledger;

    public async Task<DemoReport> TellAsync(CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<Listing> listings = await buyer.DiscoverAsync(cancellationToken);
        Dictionary<string, Listing> agents = listings.ToDictionary(listing => listing.Name);
        Listing math = agents[DemoAgents.Math];
        _telling.Tell("discover", $"{listings.Count} agents are for sale: {string.Join(", ", listings.Select(listing => $"{listing.Name} at {listing.Price} USDC"))}",
            Stopwatch.GetElapsedTime(started), listings.Count == DemoAgents.Count);

        IPurchaseGrain purchase = buyer.Purchase();
        PurchaseResult bought = await purchase.Buy(buyer.Intent(math, Question));
        await TellPurchaseAsync(math, bought, cancellationToken);
        await TellReplayAsync(purchase, bought, cancellationToken);
        await TellRefundAsync(math);
        await TellForgeryAsync(math, cancellationToken);
        await TellOverchargeAsync(math, cancellationToken);
        await TellWorkflowAsync([agents[DemoAgents.Shout], agents[DemoAgents.Letters]], cancellationToken);
        await TellCrashAsync(math, cancellationToken);
        return await _telling.CloseAsync(buyer.PeerId, Transactions, cancellationToken);
    }

    private async Task TellPurchaseAsync(Listing agent, PurchaseResult bought, CancellationToken cancellationToken)
    {
        bool delivered = bought.Stage == PurchaseStage.Delivered && bought.Output == Answer;
        _telling.Tell("quote", $"the buyer asks {agent.Name}; it asks for {agent.Price} USDC first", StepOf(bought, "quote"), true);
        _telling.Tell("sign", $"the buyer signs one payment to {bought.PayTo}", StepOf(bought, "sign"), bought.PaymentKey.Length > 0);

        LedgerEntry[] entries = [];
        if (PaymentKey.TryParse(bought.PaymentKey, out PaymentKey key))
            entries = [.. await Ledger.ReadAsync(key, cancellationToken)];
        _telling.Tell("settle", $"the payment is on the chain in {bought.TransactionHash}", DemoTelling.Between(entries, 0, 1), entries.Length > 1 && entries[1].Kind == LedgerKind.Settled, bought.TransactionHash);
        _telling.Tell("execute", $"the agent works: \"{Question}\" -> \"{bought.Output}\"", DemoTelling.Between(entries, 1, 2), delivered);
        _telling.Tell("receipt", $"the seller's ledger has it: {string.Join(" -> ", entries.Select(entry => entry.Kind))}", TimeSpan.Zero,
            entries.Length == 3 && entries[2].Kind == LedgerKind.Delivered);
        _telling.Keep(agent, Question, bought);
    }

    private async Task TellReplayAsync(IPurchaseGrain purchase, PurchaseResult bought, CancellationToken cancellationToken)
    {
        LedgerTotals before = await Ledger.TotalsAsync(cancellationToken);
        long started = Stopwatch.GetTimestamp();
        PurchaseResult again = await purchase.Repeat();
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        LedgerTotals after = await Ledger.TotalsAsync(cancellationToken);
        _telling.Tell("replay", "the same payment shown again gets the stored answer, and nothing is charged", took,
            again.Output == bought.Output && again.TransactionHash == bought.TransactionHash && before.Entries == after.Entries);
    }

    private async Task TellRefundAsync(Listing agent)
    {
        long started = Stopwatch.GetTimestamp();
        PurchaseResult failed = await buyer.Purchase().Buy(buyer.Intent(agent, Impossible));
        _telling.Tell("refund", $"\"{Impossible}\" cannot be done: the money goes back in {failed.TransactionHash}", Stopwatch.GetElapsedTime(started),
            failed.Stage == PurchaseStage.Refunded, failed.TransactionHash);
        _telling.Keep(agent, Impossible, failed);
    }

    private async Task TellForgeryAsync(Listing agent, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        string reason = await DemoForger.ForgeAsync(buyer, seller, agent, Question, cancellationToken);
        _telling.Tell("tampered", $"a buyer that pays less than it signed is refused: {reason}", Stopwatch.GetElapsedTime(started),
            reason.Contains("value_mismatch", StringComparison.Ordinal));
    }

    /// <summary>To the buyer's node the listing was a unit cheaper than what the seller now demands.</summary>
    private async Task TellOverchargeAsync(Listing agent, CancellationToken cancellationToken)
    {
        LedgerTotals before = await Ledger.TotalsAsync(cancellationToken);
        long started = Stopwatch.GetTimestamp();
        AtomicAmount listed = AtomicAmount.Parse(agent.PriceAtomic) - 1;
        PurchaseResult refused = await buyer.Purchase().Buy(buyer.Intent(agent, Question, listed));
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        LedgerTotals after = await Ledger.TotalsAsync(cancellationToken);
        _telling.Tell("overcharge", $"a seller that demands more than the {listed.ToUsdc()} USDC that were listed gets no signature: {refused.Refusal?.Code} {refused.Refusal?.Message}", took,
            refused is { Stage: PurchaseStage.New, PaymentKey.Length: 0, Refusal.Code: RefusalCodes.OfferRefused } && before.Entries == after.Entries);
    }

    private async Task TellWorkflowAsync(IReadOnlyList<Listing> agents, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        WorkflowView workflow = await buyer.RunAsync(agents, Saying, cancellationToken);
        AtomicAmount cost = agents.Aggregate((AtomicAmount)0, (sum, agent) => sum + AtomicAmount.Parse(agent.PriceAtomic));
        _telling.Tell("workflow", $"{string.Join(", then ", agents.Select(agent => agent.Name))}, each paid, {cost.ToUsdc()} USDC in all: \"{Saying}\" -> {workflow.Output}{workflow.Error?.Message}",
            Stopwatch.GetElapsedTime(started), workflow.Status == WorkflowStatus.Completed && workflow.CostAtomic == cost.ToString()
                && workflow.Output == DemoWebhook.Answer(Saying.ToUpperInvariant()));
        foreach ((WorkflowStepView step, Listing agent) in workflow.Steps.Zip(agents))
            _telling.Keep(agent, step.Input, await buyer.Purchase(step.PurchaseId).Get());
    }

    /// <summary>The buyer's node keeps asking with the payment that it signed, whoever answers.</summary>
    private async Task TellCrashAsync(Listing agent, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        IPurchaseGrain purchase = buyer.Purchase();
        PurchaseIntent intent = buyer.Intent(agent, Unlucky);
        await seller.StopAsync();
        Task<PurchaseResult> buying;
        using (DoomedSeller doomed = await seller.StartDoomedAsync(cancellationToken))
        {
            buying = purchase.Buy(intent);
            bool killed = await doomed.DiesAsync(cancellationToken);
            _telling.Tell("crash", "the seller, now a process of its own, is paid, and killed (SIGKILL) before it did the work", Stopwatch.GetElapsedTime(started), killed);
        }

        started = Stopwatch.GetTimestamp();
        await seller.StartAsync(cancellationToken);
        PurchaseResult end = await buying;
        if (end.Stage == PurchaseStage.PaymentSigned)
            end = await purchase.Repeat();
        LedgerEntry[] entries = PaymentKey.TryParse(end.PaymentKey, out PaymentKey key) ? [.. await Ledger.ReadAsync(key, cancellationToken)] : [];
        _telling.Tell("recover", $"it is started again: the same payment brings \"{Unlucky}\" -> \"{end.Output}\", paid once", Stopwatch.GetElapsedTime(started),
            end is { Stage: PurchaseStage.Delivered, Output: UnluckyAnswer } && entries.Count(entry => entry.Kind == LedgerKind.Settled) == 1, end.TransactionHash);
        _telling.Keep(agent, Unlucky, end);
    }

    private static TimeSpan StepOf(PurchaseResult bought, string name) => TimeSpan.FromMicroseconds(
        bought.Steps.FirstOrDefault(step => step.Name == name)?.Microseconds ?? 0);
}
