using System.Diagnostics;
using System.Text.Json;
using Betar.Grains.Abstractions.Buying;
using Betar.Marketplace.Listings;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Node.Demo.Interop;

/// <summary>The demo with a buyer that nobody here built around: what it buys, what it is refused, and a crash that costs it nothing.</summary>
internal sealed class JsStory(DemoSeller seller, JsBuyer buyer, Action<DemoStep> told)
{
    private const string Question = "What is 6 * 7?";
    private const string Answer = "42";
    private const string Impossible = "1 / 0";
    private const string Unlucky = "What is 2 ^ 10?";
    private const string UnluckyAnswer = "1024";

    /// <summary>One of the purchase, two of the one that was refunded, one of the crash.</summary>
    private const int Transactions = 4;

    private readonly DemoTelling _telling = new(seller, told);

    private ILedger Ledger => seller.Node.Ledger;

    public async Task<DemoReport> TellAsync(CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        await buyer.DialAsync(seller.Address, cancellationToken);
        IReadOnlyList<Listing> listings = await buyer.ListAsync(cancellationToken);
        _telling.Tell("discover", $"{listings.Count} agents are for sale: {string.Join(", ", listings.Select(listing => $"{listing.Name} at {listing.Price} USDC"))}",
            Stopwatch.GetElapsedTime(started), listings.Count == DemoAgents.Count);
        Listing math = listings.Single(listing => listing.Name == DemoAgents.Math);

        await TellPurchaseAsync(math, cancellationToken);
        await TellRefundAsync(math, cancellationToken);
        await TellForgeryAsync("tampered", "pays less than it signed", math, writer => WriteTerm(writer, "sent", "value", "1"), "value_mismatch", cancellationToken);
        await TellForgeryAsync("mispaid", "signs the money to itself", math, writer => WriteTerm(writer, "signed", "to", buyer.Account.ToString()), "betar_self_payment", cancellationToken);
        await TellCrashAsync(math, cancellationToken);
        return await _telling.CloseAsync(buyer.PeerId, Transactions, cancellationToken);
    }

    private async Task TellPurchaseAsync(Listing agent, CancellationToken cancellationToken)
    {
        JsPayment payment = await buyer.SignAsync(agent, Question, null, cancellationToken);
        _telling.Tell("quote", $"the buyer asks {agent.Name}; it asks for {agent.Price} USDC first", payment.Quoting, payment.Amount == agent.PriceAtomic);
        _telling.Tell("sign", $"viem signs one payment to {payment.PayTo}", payment.Signing, payment.PayTo == agent.PayTo);

        JsAnswer bought = await buyer.ShowToTheEndAsync(payment, cancellationToken);
        LedgerEntry[] entries = [.. await Ledger.ReadAsync(payment.Key, cancellationToken)];
        _telling.Tell("settle", $"the payment is on the chain in {bought.Transaction}", DemoTelling.Between(entries, 0, 1), entries.Length > 1 && entries[1].Kind == LedgerKind.Settled, bought.Transaction);
        _telling.Tell("execute", $"the agent works: \"{Question}\" -> \"{bought.Output}\"", DemoTelling.Between(entries, 1, 2), bought.Output == Answer);
        _telling.Tell("receipt", $"the seller's ledger has it: {string.Join(" -> ", entries.Select(entry => entry.Kind))}", TimeSpan.Zero,
            entries.Length == 3 && entries[2].Kind == LedgerKind.Delivered);
        Keep(agent, Question, payment, bought, PurchaseStage.Delivered);

        LedgerTotals before = await Ledger.TotalsAsync(cancellationToken);
        long started = Stopwatch.GetTimestamp();
        JsAnswer again = await buyer.ShowToTheEndAsync(payment, cancellationToken);
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        _telling.Tell("replay", "the same payment shown again gets the stored answer, and nothing is charged", took,
            again == bought && before.Entries == (await Ledger.TotalsAsync(cancellationToken)).Entries);
    }

    private async Task TellRefundAsync(Listing agent, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        JsPayment payment = await buyer.SignAsync(agent, Impossible, null, cancellationToken);
        JsAnswer answer = await buyer.ShowToTheEndAsync(payment, cancellationToken);
        LedgerEntry[] entries = [.. await Ledger.ReadAsync(payment.Key, cancellationToken)];
        _telling.Tell("refund", $"\"{Impossible}\" cannot be done: the money goes back in {answer.Transaction}", Stopwatch.GetElapsedTime(started),
            answer.Output.Length == 0 && entries is [.., { Kind: LedgerKind.Refunded }], answer.Transaction);
        Keep(agent, Impossible, payment, answer, PurchaseStage.Refunded);
    }

    private async Task TellForgeryAsync(
        string name, string does, Listing agent, Action<Utf8JsonWriter> writeTampering, string reason, CancellationToken cancellationToken)
    {
        LedgerTotals before = await Ledger.TotalsAsync(cancellationToken);
        long started = Stopwatch.GetTimestamp();
        JsPayment payment = await buyer.SignAsync(agent, Question, writeTampering, cancellationToken);
        JsAnswer answer = await buyer.ShowToTheEndAsync(payment, cancellationToken);
        _telling.Tell(name, $"a buyer that {does} is refused: {answer.Error}", Stopwatch.GetElapsedTime(started),
            answer.Error.Contains(reason, StringComparison.Ordinal) && before.Entries == (await Ledger.TotalsAsync(cancellationToken)).Entries);
    }

    private async Task TellCrashAsync(Listing agent, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        await seller.StopAsync();
        JsPayment payment;
        using (DoomedSeller doomed = await seller.StartDoomedAsync(cancellationToken))
        {
            await buyer.DialAsync(seller.Address, cancellationToken);
            payment = await buyer.SignAsync(agent, Unlucky, null, cancellationToken);
            JsAnswer? answer = await buyer.ShowAsync(payment, cancellationToken);
            bool killed = await doomed.DiesAsync(cancellationToken);
            _telling.Tell("crash", "the seller, now a process of its own, is paid, and killed (SIGKILL) before it did the work", Stopwatch.GetElapsedTime(started),
                killed && answer is null);
        }

        started = Stopwatch.GetTimestamp();
        await seller.StartAsync(cancellationToken);
        await buyer.DialAsync(seller.Address, cancellationToken);
        JsAnswer end = await buyer.ShowToTheEndAsync(payment, cancellationToken);
        LedgerEntry[] entries = [.. await Ledger.ReadAsync(payment.Key, cancellationToken)];
        _telling.Tell("recover", $"it is started again: the same payment brings \"{Unlucky}\" -> \"{end.Output}\", paid once", Stopwatch.GetElapsedTime(started),
            end.Output == UnluckyAnswer && entries.Count(entry => entry.Kind == LedgerKind.Settled) == 1, end.Transaction);
        Keep(agent, Unlucky, payment, end, PurchaseStage.Delivered);
    }

    private void Keep(Listing agent, string input, JsPayment payment, JsAnswer answer, PurchaseStage stage) => _telling.Keep(agent, input, new PurchaseResult
    {
        PurchaseId = "",
        Stage = stage,
        Output = answer.Output,
        PaymentKey = payment.Key.ToString(),
        Amount = payment.Amount,
        PayTo = payment.PayTo,
        TransactionHash = answer.Transaction,
    });

    private static void WriteTerm(Utf8JsonWriter writer, string when, string name, string value)
    {
        writer.WriteStartObject(when);
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}
