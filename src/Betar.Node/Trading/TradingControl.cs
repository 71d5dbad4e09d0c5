using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Hiring;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Trading;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.X402;
using Orleans;

namespace Betar.Node.Trading;

/// <summary>What a running node answers about what it buys, and what it may spend.</summary>
internal sealed class TradingControl(ITrader trader, IAgentDirectory directory, IGrainFactory grains, Address wallet, TimeProvider time)
{
    public const string Execute = "agents.execute";
    public const string Buy = "market.buy";
    public const string Quote = "market.quote";
    public const string ShowPurchase = "purchases.show";
    public const string ShowHires = "hires.show";

    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(
        new BudgetControl(grains.GetGrain<IBudgetGrain>(wallet.ToString()), wallet, time).Handlers, StringComparer.Ordinal)
    {
        [Execute] = (arguments, cancellation) => ExecuteAsync(arguments, null, cancellation),
        [Buy] = (arguments, cancellation) => ExecuteAsync(arguments, null, cancellation),
        [Quote] = QuoteAsync,
        [ShowPurchase] = ShowPurchaseAsync,
        [ShowHires] = ShowHiresAsync,
    };

    public IReadOnlyDictionary<string, StreamedHandler> StreamedHandlers => new Dictionary<string, StreamedHandler>(StringComparer.Ordinal)
    {
        [Execute] = ExecuteAsync,
        [Buy] = ExecuteAsync,
    };

    private async Task<ControlAnswer> ExecuteAsync(JsonElement arguments, Func<string, ValueTask>? partial, CancellationToken cancellationToken)
    {
        Checked<AtomicAmount?> most = TradingArguments.Usdc(arguments, "max");
        if (!most.IsOk)
            return ControlAnswer.Refused(most.Refusal);
        PurchaseResult result = await trader.TradeAsync(
            new TradeOrder
            {
                PurchaseId = TradingArguments.TextOrNull(arguments, "purchaseId") ?? Guid.NewGuid().ToString(),
                Agent = ControlArguments.Text(arguments, "agentId"),
                Input = TradingArguments.TextOrNull(arguments, "task") ?? ControlArguments.Text(arguments, "input"),
                MaxAmount = most.Value?.ToString(),
                MandateId = TradingArguments.TextOrNull(arguments, "mandate") ?? "",
                AcceptUnverified = ControlArguments.Flag(arguments, "acceptUnverified"),
                AcceptKeep = ControlArguments.Flag(arguments, "acceptKeep"),
                Caller = TradingArguments.TextOrNull(arguments, "caller") ?? "local",
                Partial = partial,
            },
            cancellationToken);
        return result.Refusal is { } refusal
            ? ControlAnswer.Refused(Refusals.Of(refusal))
            : ControlAnswer.Json(writer => PurchaseJson.Write(writer, result));
    }

    private async Task<ControlAnswer> QuoteAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Outcome<AgentOffer> found = await directory.FindAsync(
            ControlArguments.Text(arguments, "agentId"), ControlArguments.Flag(arguments, "acceptUnverified"), cancellationToken);
        return found.IsOk ? ControlAnswer.Json(writer => OfferJson.Write(writer, found.Value)) : ControlAnswer.Refused(Refusals.Of(found.Refusal));
    }

    private async Task<ControlAnswer> ShowPurchaseAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        IPurchaseGrain purchase = grains.GetGrain<IPurchaseGrain>(ControlArguments.Text(arguments, "id"));
        if (await purchase.GetIntent() is null)
            return ControlAnswer.Refused(ErrorCatalog.UnknownOrder.Refuse("Nothing was bought under this id", "look for the purchase id in what the purchase answered"));
        PurchaseResult result = await purchase.Get();
        return ControlAnswer.Json(writer => PurchaseJson.Write(writer, result));
    }

    /// <summary>What agents of this node bought from others for an order: by its payment, or by the purchase id of a task of the owner.</summary>
    private async Task<ControlAnswer> ShowHiresAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        List<HireReceipt> hires = await grains.GetGrain<IHireGrain>(ControlArguments.Text(arguments, "order")).List();
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (HireReceipt hire in hires)
            {
                writer.WriteStartObject();
                writer.WriteString("purchaseId", hire.PurchaseId);
                writer.WriteString("hirer", hire.Hirer);
                writer.WriteString("agentId", hire.AgentId);
                writer.WriteString("amount", hire.Amount);
                writer.WriteString("paymentKey", hire.PaymentKey);
                writer.WriteString("transaction", hire.TransactionHash);
                writer.WriteBoolean("ended", hire.HasEnded);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
