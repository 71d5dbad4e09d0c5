using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Schemes;
using Betar.X402.Selling;
using Betar.X402.Settling;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Betar.X402.Http.Selling;

/// <summary>Work and money in the order of the flow. What was settled is answered or owed; what was not is not answered.</summary>
internal sealed class PaidWork(SellerOptions options, IFacilitator facilitator, IPaidRequestStore store, IOwedWork? owed, ISettlementLookUp? lookUp, SellerStatements statements, ISaleBook? sales)
{
    private static readonly StoredAnswer Interrupted = new(StatusCodes.Status500InternalServerError, [], default);

    internal async Task<PurchaseEnd> DoAsync(Purchase purchase, PaidEntry entry)
    {
        var finished = false;
        try
        {
            var isUpfront = !purchase.Scheme.ChargesWhatWasUsed && (purchase.Resource.Flow ?? options.Flow) == PaymentFlow.Upfront;
            var end = isUpfront ? await UpfrontAsync(purchase, entry) : await AfterwardsAsync(purchase, entry);
            finished = true;
            return end;
        }
        finally
        {
            if (!finished && !purchase.IsCompleted)
            {
                // Nobody knows how far it came: the payment stays with this request, and its next repeat goes on.
                await store.YieldAsync(purchase.Key, CancellationToken.None);
            }
        }
    }

    private async Task<PurchaseEnd?> VerifyAsync(Purchase purchase)
    {
        var fresh = purchase.Scheme.CheckFresh(purchase.Payment, SchemeStep.Verify);
        var reason = fresh.IsAccepted ? null : FacilitatorReasons.Wire(fresh.Reason);
        if (reason is null)
        {
            var verified = await facilitator.VerifyAsync(purchase.Call, purchase.Context.RequestAborted);
            reason = verified.IsValid ? null : verified.InvalidReason ?? WireReasons.UnexpectedVerifyError;
        }

        if (reason is null)
        {
            return null;
        }

        await store.ReleaseAsync(purchase.Key, CancellationToken.None);
        return PurchaseEnd.Refused(reason);
    }

    private async Task<PurchaseEnd> AfterwardsAsync(Purchase purchase, PaidEntry entry)
    {
        if (entry.Prepared is { } prepared)
        {
            return await SettleAsync(purchase, prepared, isResumed: true);
        }

        if (await VerifyAsync(purchase) is { } refusal)
        {
            return refusal;
        }

        var (answer, _) = await RunAsync(purchase);
        if (answer is null or { Status: >= StatusCodes.Status400BadRequest })
        {
            // Nothing good was done, so nothing is charged.
            await store.ReleaseAsync(purchase.Key, CancellationToken.None);
            return answer is null ? PurchaseEnd.Overflowed : PurchaseEnd.Answered(PaymentAnswers.Keep(answer));
        }

        await store.PrepareAsync(purchase.Key, answer, CancellationToken.None);
        return await SettleAsync(purchase, answer, isResumed: false);
    }

    /// <returns>The answer, with what it costs where less than all may be charged; and what of the payment is not charged, where it has moved.</returns>
    private async Task<(StoredAnswer? Answer, AtomicAmount Unused)> RunAsync(Purchase purchase)
    {
        var payment = ReceivedPayment.Show(purchase.Context, purchase.Scheme, purchase.Payment, owed is null || MoneyOf(purchase) is null ? null : options.LeastRest);
        var answer = await AnswerCapture.RunAsync(purchase.Context, purchase.Handler, options.MaxAnswerLength);
        var charge = payment.IsChargedAfterwards ? payment.Charge ?? payment.Amount : payment.Charge;
        return (answer is null ? null : ChargeHeader.Write(answer, charge), payment.Amount - (charge ?? payment.Amount));
    }

    private async Task<PurchaseEnd> SettleAsync(Purchase purchase, StoredAnswer answer, bool isResumed)
    {
        purchase.Charge = purchase.Scheme.ChargesWhatWasUsed ? ChargeHeader.Read(answer) : null;
        var settlement = await SettleAsync(purchase, isResumed);
        if (!settlement.Success)
        {
            return await NotSettledAsync(purchase, settlement);
        }

        await PaidAsync(purchase, settlement);
        await KeptAsync(purchase, purchase.Charge ?? purchase.Payment.Amount, answer);
        return await CompleteAsync(purchase, answer, settlement);
    }

    // A facilitator that does not know attempts calls our own earlier try a used nonce. The payment was tied to this request before that try, so
    // where the chain holds exactly this transfer, it was made for this request.
    private async Task<SettleResponse> SettleAsync(Purchase purchase, bool isResumed)
    {
        var settlement = await facilitator.SettleAsync(purchase.Settlement, purchase.Attempt, CancellationToken.None);
        if (!isResumed || lookUp is null || settlement.Success || settlement.ErrorReason != purchase.Scheme.ReasonOf(SettlementStatus.Used))
        {
            return settlement;
        }

        // By the authorization, not by the transaction that a facilitator names.
        var outcome = await lookUp.LookUpAsync(purchase.Settlement, "", CancellationToken.None);
        return outcome.Status switch
        {
            SettlementStatus.Settled => settlement with
            {
                Success = true, ErrorReason = null, ErrorMessage = null, Transaction = outcome.Transaction?.ToString() ?? settlement.Transaction,
            },
            SettlementStatus.Pending or SettlementStatus.Unused => settlement with { ErrorReason = WireReasons.SettlementPending },
            _ => settlement,
        };
    }

    private async Task<PurchaseEnd> UpfrontAsync(Purchase purchase, PaidEntry entry)
    {
        // One that stopped on its way may be settled already: its nonce would look used.
        if (!entry.IsResumed && await VerifyAsync(purchase) is { } refusal)
        {
            return refusal;
        }

        var settlement = await SettleAsync(purchase, entry.IsResumed);
        if (!settlement.Success)
        {
            return await NotSettledAsync(purchase, settlement);
        }

        await PaidAsync(purchase, settlement);
        if (entry.Prepared is not null && !purchase.Resource.MayRepeat)
        {
            // The work was begun and never ended; beginning it again might do it twice.
            await OweAsync(purchase, settlement);
            return await CompleteAsync(purchase, Interrupted, settlement);
        }

        if (owed is not null && !await owed.BeginAsync(purchase.Key, DebtOf(purchase, settlement), ResourceOf(purchase), CancellationToken.None))
        {
            // Begun by a process that is gone, and paid back since.
            return await CompleteAsync(purchase, Interrupted, settlement);
        }

        await store.PrepareAsync(purchase.Key, Interrupted, CancellationToken.None);
        var (answer, isDone, rest) = await WorkAsync(purchase, settlement);
        var end = await CompleteAsync(purchase, answer, settlement);
        if (isDone)
        {
            await DoneAsync(purchase, settlement, rest);
            await KeptAsync(purchase, purchase.Payment.Amount - rest, answer);
        }

        return end;
    }

    // What the buyer paid and did not use goes back as a debt does.
    private async Task DoneAsync(Purchase purchase, SettleResponse settlement, AtomicAmount rest)
    {
        if (owed is null)
        {
            return;
        }

        if (!rest.IsZero && MoneyOf(purchase) is { } money)
        {
            await owed.OweAsync(purchase.Key, (money with { Amount = rest }).Beside(settlement), ResourceOf(purchase), CancellationToken.None);
        }
        else
        {
            await owed.DoneAsync(purchase.Key, CancellationToken.None);
        }
    }

    private async Task<(StoredAnswer Answer, bool IsDone, AtomicAmount Unused)> WorkAsync(Purchase purchase, SettleResponse settlement)
    {
        StoredAnswer? answer = null;
        AtomicAmount rest = default;
        var isDone = false;
        try
        {
            (answer, rest) = await RunAsync(purchase);
            isDone = answer is { Status: < StatusCodes.Status500InternalServerError };
        }
        catch
        {
            await CompleteAsync(purchase, Interrupted, settlement);
            throw;
        }
        finally
        {
            if (!isDone)
            {
                await OweAsync(purchase, settlement);
            }
        }

        return (answer ?? Interrupted, isDone, rest);
    }

    private async Task<PurchaseEnd> CompleteAsync(Purchase purchase, StoredAnswer answer, SettleResponse settlement)
    {
        // No receipt for work that was not done.
        var told = answer.Status >= StatusCodes.Status500InternalServerError ? settlement : await statements.ReceiptAsync(purchase.Call.Resource!.Url, settlement);
        var sealedAnswer = PaymentAnswers.Seal(answer, told, purchase.Call.Payment.Version);
        await store.CompleteAsync(purchase.Key, sealedAnswer, CancellationToken.None);
        purchase.IsCompleted = true;
        return PurchaseEnd.Answered(sealedAnswer);
    }

    private async Task<PurchaseEnd> NotSettledAsync(Purchase purchase, SettleResponse settlement)
    {
        if (settlement.IsPending)
        {
            await store.YieldAsync(purchase.Key, CancellationToken.None);
        }
        else
        {
            await store.ReleaseAsync(purchase.Key, CancellationToken.None);
        }

        return PurchaseEnd.NotSettled(settlement);
    }

    private async Task OweAsync(Purchase purchase, SettleResponse settlement)
    {
        if (owed is not null)
        {
            await owed.OweAsync(purchase.Key, DebtOf(purchase, settlement), ResourceOf(purchase), CancellationToken.None);
        }

        await KeptAsync(purchase, AtomicAmount.Zero, Interrupted);
    }

    private async Task PaidAsync(Purchase purchase, SettleResponse settlement)
    {
        // Money in somebody's contract is not the seller's yet.
        if (sales is not null && MoneyOf(purchase) is { } money)
        {
            var moved = money with { Amount = purchase.Charge ?? money.Amount };
            await sales.PaidAsync(
                new PaidSale(purchase.Key, purchase.Scheme.Name, purchase.Resource.Name ?? ResourceOf(purchase), moved, Address.Parse(purchase.Call.Requirement.PayTo), settlement.Transaction),
                CancellationToken.None);
        }
    }

    private async Task KeptAsync(Purchase purchase, AtomicAmount kept, StoredAnswer answer)
    {
        if (sales is not null)
        {
            var usage = UsedTokens.Parse(answer.Headers.FirstOrDefault(header => header.Key == UsedTokens.HeaderName).Value);
            await sales.KeptAsync(purchase.Key, kept, usage, CancellationToken.None);
        }
    }

    private static SettleResponse DebtOf(Purchase purchase, SettleResponse settlement) => MoneyOf(purchase)?.Beside(settlement) ?? settlement;

    private static OwedMoney? MoneyOf(Purchase purchase) =>
        OwedMoney.Of(purchase.Scheme.ToSettlement(purchase.Payment), purchase.Call.Requirement.PayTo);

    private static string ResourceOf(Purchase purchase) => purchase.Context.Request.GetEncodedPathAndQuery();
}
