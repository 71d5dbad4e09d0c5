using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Fleet;
using Betar.Grains.Pieces;
using Betar.X402;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Trading;

/// <summary>
/// The fleet's own agents work for their owner without payment; everybody else is paid by one purchase under the order's id. Only callers of this
/// node come here: what strangers ask goes to the sales desk, which knows no seller but the fleet.
/// </summary>
public sealed class Trader(
    IGrainFactory grains, IAgentDirectory directory, IContactReports contacts, BuyingWallet wallet, TimeProvider time, ILogger<Trader> log) : ITrader
{
    public async Task<PurchaseResult> TradeAsync(TradeOrder order, CancellationToken cancellationToken)
    {
        IPurchaseGrain purchase = grains.GetGrain<IPurchaseGrain>(order.PurchaseId);
        if (await purchase.GetIntent() is { } begun)
            return await GoOnAsync(order, begun, purchase, cancellationToken);

        Outcome<AgentOffer> found = await directory.FindAsync(order.Agent, order.AcceptUnverified, cancellationToken);
        if (!found.IsOk)
            return Refused(order, found.Refusal);
        AgentOffer offer = found.Value;
        if (cancellationToken.IsCancellationRequested)
            return await purchase.GiveUp();
        return offer.IsOwn ? await RunAsync(order, offer, cancellationToken)
            : FindRefusal(order, offer) is { } refusal ? Refused(order, refusal)
            : await BuyAsync(order, offer, purchase, cancellationToken);
    }

    /// <summary>What was signed for is gone on with as it was signed, whatever the market says by now.</summary>
    private async Task<PurchaseResult> GoOnAsync(TradeOrder order, PurchaseIntent begun, IPurchaseGrain purchase, CancellationToken cancellationToken)
    {
        bool same = begun.Input == order.Input && (AgentName.Id(order.Agent) == begun.AgentId
            || (await directory.FindAsync(order.Agent, order.AcceptUnverified, cancellationToken)).Value?.AgentId == begun.AgentId);
        return same
            ? await HearAsync(order, purchase, begun, cancellationToken)
            : Refused(order, new Refusal { Code = RefusalCodes.PurchaseConflict, Message = "This purchase id was used for something else." });
    }

    private async Task<PurchaseResult> RunAsync(TradeOrder order, AgentOffer offer, CancellationToken cancellationToken)
    {
        AgentTaskResult result = await RunAsync(order, offer.AgentId, cancellationToken);
        return result.Succeeded
            ? new PurchaseResult { PurchaseId = order.PurchaseId, Stage = PurchaseStage.Delivered, Output = result.Output }
            : Refused(order, new Refusal
            {
                Code = result.Code, Message = result.Reason, Retryable = result.Code == RefusalCodes.Busy || ExecutionFailures.Are(result.Code),
                RetryAfterSeconds = result.RetryAfterSeconds,
            });
    }

    private async Task<AgentTaskResult> RunAsync(TradeOrder order, string agentId, CancellationToken cancellationToken)
    {
        try
        {
            IAgentGrain agent = grains.GetGrain<IAgentGrain>(agentId);
            var task = new AgentTask
            {
                Input = order.Input, Caller = order.Caller, Order = "", Depth = order.Depth, RequestId = order.PurchaseId, Trade = order.PurchaseId,
            };
            return await (order.Partial is { } listener ? agent.RunHeardAsync(task, listener, cancellationToken) : agent.Run(task, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new AgentTaskResult { Succeeded = false, Code = RefusalCodes.PurchaseGivenUp, Reason = "The caller stopped waiting." };
        }
    }

    private async Task<PurchaseResult> BuyAsync(TradeOrder order, AgentOffer offer, IPurchaseGrain purchase, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        PurchaseResult result = await HearAsync(order, purchase, IntentOf(order, offer), cancellationToken);
        if (result.Stage == PurchaseStage.Delivered)
            contacts.Report(offer, answered: true, time.GetElapsedTime(started));
        else if (result.Refusal?.Code == RefusalCodes.SellerUnreachable || result.Stage is PurchaseStage.Refused or PurchaseStage.RefundOwed or PurchaseStage.Kept)
            contacts.Report(offer, answered: false, TimeSpan.Zero);
        return result;
    }

    private async Task<PurchaseResult> HearAsync(TradeOrder order, IPurchaseGrain purchase, PurchaseIntent intent, CancellationToken cancellationToken)
    {
        if (order.Partial is not { } listener)
            return await AwaitAsync(purchase, intent, cancellationToken);
        await using HeardPieces heard = await HeardPieces.BeginAsync(purchase.Listen, listener, log);
        return await AwaitAsync(purchase, intent, cancellationToken);
    }

    /// <summary>Whoever stops waiting stops a purchase that has signed nothing; one that has goes on without its buyer, and is not paid again.</summary>
    private static async Task<PurchaseResult> AwaitAsync(IPurchaseGrain purchase, PurchaseIntent intent, CancellationToken cancellationToken)
    {
        Task<PurchaseResult> buying = purchase.Buy(intent);
        try
        {
            return await buying.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            PurchaseResult given = await purchase.GiveUp();

            // The call itself has the last word on whether it signed: the two may have crossed on their way.
            return given.Stage == PurchaseStage.New ? await buying : given;
        }
    }

    private static Refusal? FindRefusal(TradeOrder order, AgentOffer offer)
    {
        if (!AtomicAmount.TryParse(offer.PriceAtomic, out AtomicAmount price))
            return new Refusal { Code = RefusalCodes.OfferRefused, Message = $"Agent {offer.AgentId} lists no price that can be paid." };
        if (order.MaxAmount is { } most)
        {
            if (!AtomicAmount.TryParse(most, out AtomicAmount cap))
                return new Refusal { Code = RefusalCodes.AmountWrong, Message = $"'{most}' is not a whole number of atomic units." };
            if (price > cap)
                return new Refusal { Code = RefusalCodes.BudgetPerTask, Message = $"Agent {offer.AgentId} costs {price} units, and {cap} is the most that was allowed." };
        }

        if (price == AtomicAmount.Zero)
            return null;
        if (offer.KeepsFailed && !order.AcceptKeep)
            return new Refusal { Code = RefusalCodes.KeepsPayment, Message = $"The seller of agent {offer.AgentId} keeps the payment when its work fails." };

        // The seller says so itself as soon as it is heard.
        return offer.PayTo.Length == 0
            ? new Refusal { Code = RefusalCodes.OfferRefused, Message = $"Nobody said yet who is paid for agent {offer.AgentId}.", Retryable = true }
            : null;
    }

    /// <summary>Never more than is listed, however much the buyer would allow.</summary>
    private PurchaseIntent IntentOf(TradeOrder order, AgentOffer offer) => new()
    {
        Seller = offer.Seller,
        AgentId = offer.AgentId,
        Input = order.Input,
        Wallet = wallet.Address.ToString(),
        MaxAmount = offer.PriceAtomic,
        PayTo = offer.PayTo.Length == 0 ? default(Address).ToString() : offer.PayTo,
        MandateId = order.MandateId,
        Depth = order.Depth,
        AcceptKeep = order.AcceptKeep,
    };

    private static PurchaseResult Refused(TradeOrder order, Refusal refusal) =>
        new() { PurchaseId = order.PurchaseId, Stage = PurchaseStage.New, Refusal = refusal };
}
