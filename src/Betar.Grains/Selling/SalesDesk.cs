using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Fleet;
using Betar.Grains.Payments;
using Betar.Grains.Pieces;
using Betar.Storage.Ledger;
using Betar.X402.Challenges;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Selling;

/// <summary>
/// The seller's front: quotes without keeping anything, checks a payment in the order of cost, and hands what is good in form
/// and signature to the payment's session. Stateless, so that every silo has one.
/// </summary>
public sealed partial class SalesDesk(
    IGrainFactory grains,
    IOfferBook book,
    ILedger ledger,
    OfferTerms terms,
    ChallengeIssuer challenges,
    PaymentVerifier verifier,
    RefundFloat refunds,
    SettlementOutlook outlook,
    PayerFunds funds,
    AdmissionGate gate,
    IOptions<SellingOptions> options,
    TimeProvider time,
    ILogger<SalesDesk> log) : IX402Handler
{
    /// <summary>Longest claimed name of a caller that is kept with an order, in characters.</summary>
    public const int MaxCallerLength = 256;

    private static readonly Refusal s_floatTooLow = new()
    {
        Code = RefusalCodes.FloatTooLow, Message = "The seller cannot cover refunds for more work now; ask again.", Retryable = true,
    };

    /// <summary>An unpaid request: a quote, or the answer of a free agent.</summary>
    public async ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken)
    {
        if (request.CallerDid.Length > MaxCallerLength)
            return CallerTooLong(request.CorrelationId);
        if (!book.TryGet(request.Resource, out AgentSpec? spec))
            return WireAnswers.Of(UnknownAgent(request.Resource), request.CorrelationId);
        if (spec.Price.IsZero)
            return await RunFreeAsync(spec, request, call, cancellationToken);
        if (TaskBody.Parse(request.Body.Span) is { IsOk: true, Value: { } asked } && SkillCheck.Find(spec, asked.Input) is { } unfit)
            return WireAnswers.Of(unfit, request.CorrelationId);
        if (gate.IsFull(spec))
            return WireAnswers.Of(Busy, request.CorrelationId);
        if (await FindObstacleAsync() is { } obstacle)
            return WireAnswers.Of(obstacle, request.CorrelationId);
        if (options.Value.RequireRefundFloat && !await refunds.CoversAsync(spec.Price))
            return WireAnswers.Of(s_floatTooLow, request.CorrelationId);

        Challenge challenge = challenges.Issue(terms.Of(spec, request.CorrelationId, request.Body.Span, call.Peer));
        return new PaymentRequired
        {
            CorrelationId = request.CorrelationId,
            ChallengeNonce = challenge.Nonce.ToBareString(),
            ChallengeExpiresAt = challenge.ExpiresAt.ToUnixTimeSeconds(),
            Requirements = terms.OfferOf(spec).ToRequirements(),
            SellerDid = request.Resource,
        };
    }

    /// <summary>Why a task is neither demanded money for nor taken money for, wherever it is sold; null: nothing is in its way.</summary>
    public Refusal? FindRefusal(AgentSpec spec, string input)
    {
        if (input.Length > options.Value.MaxInputCharacters)
            return new Refusal { Code = RefusalCodes.TaskRefused, Message = $"The input has more than {options.Value.MaxInputCharacters} characters." };
        return SkillCheck.Find(spec, input) ?? (gate.IsFull(spec) ? Busy : null);
    }

    /// <summary>A paid request, the first time or again.</summary>
    public async ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken)
    {
        PaymentStage.CarryTrace();
        if (request.CallerDid.Length > MaxCallerLength)
            return CallerTooLong(request.CorrelationId);
        if (TaskBody.Parse(request.Body.Span) is not { IsOk: true, Value: { } task })
            return X402Error.Create(StreamErrorCode.InvalidMessage, request.CorrelationId, "The body names no resource.");
        if (task.Input.Length > options.Value.MaxInputCharacters)
            return InputTooLong(request.CorrelationId);
        bool sold = book.TryGet(task.Resource, out AgentSpec? spec);
        spec ??= Gone(task.Resource);
        if (request.Payment is not { } envelope)
            return sold
                ? X402Error.Create(StreamErrorCode.PaymentInvalid, request.CorrelationId, VerificationReasons.PayloadMissing.Text)
                : WireAnswers.Of(UnknownAgent(task.Resource), request.CorrelationId);

        PaymentOffer offer = terms.OfferOf(spec);
        PaymentBinding binding = envelope.ServerNonce == PaymentEnvelope.Preemptive
            ? PaymentBinding.FirstUse
            : PaymentBinding.Challenge(terms.Of(spec, request.CorrelationId, request.Body.Span, call.Peer));
        VerificationOutcome outcome = verifier.CheckSyntaxAndCheapFields(envelope, offer, binding, out SignedPayment? payment);
        if (!outcome.IsAccepted)
            return Refused(outcome, request);

        // What is stale, too cheap or for an agent that is gone may still be a repeat of what is stored; only then is it worth a
        // signature check.
        Refusal? ifNew = sold ? RefusalOf(verifier.CheckFresh(payment!, offer, binding, time.GetUtcNow())) : UnknownAgent(task.Resource);
        ifNew ??= SkillCheck.Find(spec, task.Input) ?? await FindObstacleAsync();
        if (ifNew is not null && !await ledger.ExistsAsync(payment!.Key, cancellationToken))
            return WireAnswers.Of(ifNew, request.CorrelationId);
        outcome = verifier.CheckSignature(payment!);
        if (!outcome.IsAccepted)
            return Refused(outcome, request);

        // Asked only for what is signed; what was taken earlier goes on without the question.
        ifNew ??= await funds.FindObstacleAsync(payment!.Terms.From, payment.Terms.Value, cancellationToken);
        PaidOrder order = PaidOrders.Of(payment!, spec, request, task, call.Peer);
        PaymentAnswer answer = await PayAsync(payment!.Key.ToString(), order, ifNew, spec, call.Pieces);
        if (ifNew is null)
            funds.Remember(payment.Terms.From, paid: answer.End == PaymentEnd.Delivered);
        return WireAnswers.Of(answer, request.CorrelationId, task.Resource);
    }

    /// <summary>What was taken earlier goes on whatever stands in the way of more.</summary>
    private async ValueTask<Refusal?> FindObstacleAsync() => options.Value.RequireSettlement ? await outlook.FindObstacleAsync() : null;

    private async ValueTask<PaymentAnswer> PayAsync(string paymentId, PaidOrder order, Refusal? ifNew, AgentSpec spec, IPieceSink? pieces)
    {
        bool room = gate.Enter(spec);
        try
        {
            ifNew ??= room ? null : Busy;
            IPaymentSessionGrain session = grains.GetGrain<IPaymentSessionGrain>(paymentId);
            PaymentAnswer answer = await (pieces is null ? session.Pay(order, ifNew) : PayInPiecesAsync(session, paymentId, order, ifNew, pieces));
            PaymentInstruments.OnAnswer(answer.End);
            return answer;
        }
        catch (Exception lost) when (lost is OrleansException or TimeoutException)
        {
            // The silo with the session is gone or too slow. What became of the payment stands in the ledger, and asking again finds it.
            LogSessionLost(log, lost, paymentId);
            return PaymentAnswers.Pending(paymentId);
        }
        finally
        {
            gate.Leave(spec);
        }
    }

    private async Task<PaymentAnswer> PayInPiecesAsync(
        IPaymentSessionGrain session, string paymentId, PaidOrder order, Refusal? ifNew, IPieceSink pieces)
    {
        IAgentGrain agent = grains.GetGrain<IAgentGrain>(order.AgentId);
        await using HeardPieces heard = await HeardPieces.BeginAsync(token => agent.Listen(paymentId, token), pieces.Take, log);
        return await session.PayInPieces(order, ifNew);
    }

    private async ValueTask<X402Reply> RunFreeAsync(AgentSpec spec, X402Request request, X402Call call, CancellationToken cancellationToken)
    {
        if (TaskBody.Parse(request.Body.Span) is not { IsOk: true, Value: { } task })
            return X402Error.Create(StreamErrorCode.InvalidMessage, request.CorrelationId, "The body holds no task.");
        if (task.Input.Length > options.Value.MaxInputCharacters)
            return InputTooLong(request.CorrelationId);

        IAgentGrain agent = grains.GetGrain<IAgentGrain>(spec.AgentId);
        var work = new AgentTask
        {
            Input = task.Input, Caller = PaidOrders.CallerOf(request.CallerDid, call.Peer), Order = "", RequestId = request.CorrelationId,
            Remembered = call.Peer, Depth = task.Depth,
        };
        AgentTaskResult result = await (call.Pieces is { } pieces ? agent.RunHeardAsync(work, pieces.Take, cancellationToken) : agent.Run(work, cancellationToken));
        return result.Succeeded
            ? new X402Response
            {
                CorrelationId = request.CorrelationId, Body = OutputBody.Write(result.Output), SellerDid = request.Resource,
            }
            : WireAnswers.Of(new Refusal { Code = result.Code, Message = result.Reason, Retryable = result.Code == RefusalCodes.Busy }, request.CorrelationId);
    }

    private static X402Error CallerTooLong(string correlationId) => X402Error.Create(
        StreamErrorCode.InvalidMessage, correlationId, $"caller_did has more than {MaxCallerLength} characters.");

    private X402Error InputTooLong(string correlationId) => X402Error.Create(
        StreamErrorCode.InvalidMessage, correlationId, $"The input has more than {options.Value.MaxInputCharacters} characters.");

    private Refusal Busy => new()
    {
        Code = RefusalCodes.Busy, Message = options.Value.BusyMessage, Retryable = true, RetryAfterSeconds = options.Value.BusyRetrySeconds,
    };

    private static Refusal UnknownAgent(string resource) =>
        new() { Code = RefusalCodes.UnknownAgent, Message = $"No agent '{resource}' is sold here." };

    /// <summary>Stands for an agent that is not sold any more: what was paid for it once can still be fetched.</summary>
    private static AgentSpec Gone(string resource) => new()
    {
        AgentId = AgentName.Id(resource),
        Name = "",
        PriceAtomic = "0",
        PayTo = Address.Zero.ToString(),
        ExecutorKind = "",
        ExecutorTarget = "",
    };

    private static Refusal? RefusalOf(VerificationOutcome outcome) => outcome.IsAccepted ? null : PaymentRefusals.Of(outcome.Reason);

    private static X402Error Refused(VerificationOutcome outcome, PaidRequest request) =>
        WireAnswers.Of(PaymentRefusals.Of(outcome.Reason!), request.CorrelationId);
}
