using System.Runtime.CompilerServices;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Payments;
using Betar.Storage.Sessions;
using Betar.X402;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Buying;

/// <summary>
/// One purchase. Until the payment is stored nothing was promised and all may be done anew; from then on the same bytes are
/// shown to the seller until there is an end.
/// </summary>
internal sealed partial class PurchaseGrain(
    [PersistentState("purchase", BetarStorage.Name)] IPersistentState<PurchaseState> state,
    ISellerChannel sellers,
    PaymentMaker payments,
    ISessionLog sessions,
    IOptions<BuyingOptions> options,
    IFaultPoints faults,
    TimeProvider time,
    ILogger<PurchaseGrain> log) : Grain, IPurchaseGrain
{
    private readonly List<StepTime> _steps = [];
    private Func<Task>? _giveUp;
    private PieceBuffer? _listener;

    private string PurchaseId => this.GetPrimaryKeyString();

    public async Task<PurchaseResult> Buy(PurchaseIntent intent)
    {
        (PieceBuffer? pieces, _listener) = (_listener, null);
        try
        {
            return await Buy(intent, pieces);
        }
        finally
        {
            pieces?.End();
        }
    }

    public async IAsyncEnumerable<string> Listen([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pieces = new PieceBuffer(options.Value.Pieces);
        _listener = pieces;
        try
        {
            yield return "";
            while (await pieces.TakeAsync(cancellationToken) is { } text)
                yield return text;
        }
        finally
        {
            pieces.End();
            _listener = _listener == pieces ? null : _listener;
        }
    }

    private async Task<PurchaseResult> Buy(PurchaseIntent intent, PieceBuffer? pieces)
    {
        _steps.Clear();
        if (state.State.Intent is { } earlier && earlier != intent)
            return Refused(RefusalCodes.PurchaseConflict, "This purchase id was used for something else.");
        if (state.State.Result is { } end && IsEnd(end.Stage))
            return end;
        if (state.State.PaidRequest.Length > 0)
            return await Pay(pieces);
        if (PaymentMaker.FindFault(intent) is { } fault)
            return Refused(fault.Code, fault.Message);

        using var patience = new CancellationTokenSource();
        _giveUp = patience.CancelAsync;
        try
        {
            return await Quote(intent, pieces, patience.Token);
        }
        finally
        {
            _giveUp = null;
        }
    }

    public async Task<PurchaseResult> Repeat()
    {
        _steps.Clear();
        return state.State.PaidRequest.Length > 0 ? await Pay(null) : await Get();
    }

    public Task<PurchaseResult> Get() =>
        Task.FromResult(state.State.Result ?? Refused(RefusalCodes.SellerUnreachable, "Nothing was bought under this id."));

    public Task<PurchaseIntent?> GetIntent() => Task.FromResult(state.State.Intent);

    public async Task<PurchaseResult> GiveUp()
    {
        if (_giveUp is { } giveUp)
            await giveUp();
        return state.State.Result ?? GivenUp();
    }

    private async Task<PurchaseResult> Quote(PurchaseIntent intent, PieceBuffer? pieces, CancellationToken patience)
    {
        long started = time.GetTimestamp();
        X402Request request = PaymentMaker.Request(intent, PurchaseId);
        SellerAnswer answer = await AskAsync(
            token => pieces is null ? sellers.RequestAsync(intent.Seller, request, token) : sellers.RequestAsync(intent.Seller, request, pieces, token),
            pieces is not null, patience);
        Step("quote", started);
        faults.Reach(PurchaseFaultPoint.AfterQuote);
        return answer.Reply switch
        {
            PaymentRequired offer => await Accept(intent, offer, pieces, patience),
            X402Response free => await KeepFree(intent, free),
            _ when patience.IsCancellationRequested => GivenUp(),
            X402Error error => Refused(RefusalCodes.SellerRefused, $"{error.ErrorName}: {error.Message}", error.Retryable),
            _ => Refused(RefusalCodes.SellerUnreachable, answer.Fault, retryable: true),
        };
    }

    private async Task<PurchaseResult> Accept(PurchaseIntent intent, PaymentRequired offer, PieceBuffer? pieces, CancellationToken patience)
    {
        long started = time.GetTimestamp();
        if (payments.FindRefusal(intent, offer) is { } refusal)
            return Refused(refusal.Code, refusal.Message);

        IBudgetGrain budget = BudgetOf(intent);
        Outcome<SpendRequest> allowed = await budget.Reserve(new SpendRequest
        {
            PurchaseId = PurchaseId,
            Payee = Address.Parse(intent.PayTo).ToString(),
            Amount = offer.Requirements!.Amount,
            MandateId = intent.MandateId,
        });
        if (!allowed.IsOk)
            return Refused(allowed.Refusal.Code, allowed.Refusal.Message);

        if (patience.IsCancellationRequested)
        {
            await budget.Release(PurchaseId);
            return GivenUp();
        }

        Outcome<SignedPurchase> signed = payments.Sign(intent, PurchaseId, offer);
        if (!signed.IsOk)
        {
            await budget.Release(PurchaseId);
            return Refused(signed.Refusal.Code, signed.Refusal.Message);
        }

        state.State.Intent = intent;
        state.State.PaidRequest = signed.Value.PaidRequest;
        state.State.PaymentKey = signed.Value.PaymentKey;
        state.State.Result = new PurchaseResult
        {
            PurchaseId = PurchaseId,
            Stage = PurchaseStage.PaymentSigned,
            PaymentKey = signed.Value.PaymentKey,
            Amount = offer.Requirements.Amount,
            PayTo = offer.Requirements.PayTo,
        };
        await state.WriteOrLeaveAsync(this);
        faults.Reach(PurchaseFaultPoint.AfterSigned);
        Step("sign", started);
        return await Pay(pieces);
    }

    private async Task<PurchaseResult> Pay(PieceBuffer? pieces)
    {
        PurchaseIntent intent = state.State.Intent!;
        PaidRequest paid = MessageCodec.ParsePaidRequest(state.State.PaidRequest).Value
            ?? throw new InvalidDataException("The stored payment cannot be read.");
        long started = time.GetTimestamp();
        PurchaseResult result = await ShowUntilHeard(intent, paid, pieces);
        faults.Reach(PurchaseFaultPoint.AfterAnswer);
        Step("pay", started);
        if (!IsEnd(result.Stage))
            return result.Stage == PurchaseStage.RefundOwed && result != state.State.Result ? await Keep(result) : result;

        // Spent, whatever the end: a seller's word that it took nothing, or gave it back, must not free the budget for more.
        await BudgetOf(intent).Commit(PurchaseId);
        return await Keep(result) with { Steps = [.. _steps] };
    }

    /// <summary>No answer is asked for again with the same payment, never by another payment.</summary>
    private async Task<PurchaseResult> ShowUntilHeard(PurchaseIntent intent, PaidRequest paid, PieceBuffer? pieces)
    {
        TimeSpan pause = options.Value.RepeatPause;
        PieceBuffer? heard = pieces;
        for (int repeat = 0; ; repeat++)
        {
            SellerAnswer answer = await AskAsync(
                token => heard is null ? sellers.PayAsync(intent.Seller, paid, token) : sellers.PayAsync(intent.Seller, paid, heard, token),
                heard is not null, CancellationToken.None);
            PurchaseResult? result = answer.Reply switch
            {
                X402Response response => Delivered(response),
                X402Error error => PurchaseEnds.Of(state.State.Result!, error),
                _ => null,
            };
            if (result is not null && (IsEnd(result.Stage) || repeat >= options.Value.Repeats))
                return result;
            if (repeat >= options.Value.Repeats)
                return Signed(RefusalCodes.SellerUnreachable, answer.Fault);

            // Pieces of another run would not go on where these stopped; waiting as long is still worth it.
            pieces?.End();
            heard = answer.BrokePieces ? null : heard;
            LogRepeat(log, PurchaseId, repeat + 1, answer.Fault);
            await Task.Delay(pause, time);
            pause *= 2;
        }
    }

    private async Task<SellerAnswer> AskAsync(
        Func<CancellationToken, ValueTask<SellerAnswer>> exchange, bool inPieces, CancellationToken patience)
    {
        using var limit = new CancellationTokenSource(inPieces ? options.Value.PiecesTimeout : options.Value.AnswerTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, patience);
        try
        {
            return await exchange(both.Token).AsTask().WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            return new SellerAnswer(null, "The seller did not answer in time.");
        }
    }

    /// <summary>One wallet has one budget, however its address is written.</summary>
    private IBudgetGrain BudgetOf(PurchaseIntent intent) =>
        GrainFactory.GetGrain<IBudgetGrain>(Address.Parse(intent.Wallet).ToString());

    private Task<PurchaseResult> KeepFree(PurchaseIntent intent, X402Response free)
    {
        state.State.Intent = intent;
        return Keep(Delivered(free));
    }

    private async Task<PurchaseResult> Keep(PurchaseResult result)
    {
        state.State.Result = result;

        // Queued before the state, so that one sync has both; after a crash between them the mark keeps it from being there twice.
        sessions.Record(PurchaseExchanges.Of(state.State.Intent!, result, time.GetUtcNow()));
        await state.WriteOrLeaveAsync(this);
        faults.Reach(PurchaseFaultPoint.AfterKept);
        return result;
    }

    private PurchaseResult Delivered(X402Response response) =>
        (state.State.Result ?? new PurchaseResult { PurchaseId = PurchaseId, Stage = PurchaseStage.New }) with
        {
            Stage = PurchaseStage.Delivered,
            Output = OutputBody.Decode(response.Body.Span),
            TransactionHash = response.TxHash,
            Refusal = null,
        };

    private PurchaseResult Signed(string code, string message) => state.State.Result! with
    {
        Refusal = new Refusal { Code = code, Message = message, Retryable = true },
    };

    private PurchaseResult GivenUp() => Refused(RefusalCodes.PurchaseGivenUp, "The buyer stopped waiting before anything was signed.", retryable: true);

    private PurchaseResult Refused(string code, string message, bool retryable = false) => new()
    {
        PurchaseId = PurchaseId,
        Stage = PurchaseStage.New,
        Refusal = new Refusal { Code = code, Message = message, Retryable = retryable },
    };

    private void Step(string name, long started) =>
        _steps.Add(new StepTime { Name = name, Microseconds = (long)time.GetElapsedTime(started).TotalMicroseconds });

    private static bool IsEnd(PurchaseStage stage) => stage is PurchaseStage.Delivered or PurchaseStage.Refused or PurchaseStage.Refunded or PurchaseStage.Kept;
}
