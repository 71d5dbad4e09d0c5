using Betar.Ethereum;
using Betar.X402.Extensions;
using Betar.X402.Extensions.OfferReceipt;
using Betar.X402.Facilitating;
using Betar.X402.Schemes;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Selling;
using Betar.X402.Verification;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Betar.X402.Http.Selling;

/// <summary>
/// Lets paid requests through. The order: one payment header; its offer; form and signature, so that a stranger gets nothing; the stored
/// answer of this very request; time and amount; the facilitator; the handler and the money, in the order of the flow.
/// </summary>
public sealed class PaymentGate
{
    private const string NoMatch = "No matching payment requirements";
    private const string NotEchoed = "extension_echo_mismatch";
    private readonly SchemeSet _schemes;
    private readonly SellerOptions _options;
    private readonly OfferBook _offers;
    private readonly PaidWork _work;
    private readonly SellerStatements _statements;
    private readonly IPaidRequestStore _store;
    private readonly IPurchaseNames? _names;
    private readonly BuyerSignIn? _signIn;

    /// <param name="names">Needed where purchases are named.</param>
    /// <param name="lookUp">
    /// For facilitators that do not know attempts: what was settled by a try whose answer was lost is found on the chain. Web servers that share an
    /// account must share a store then.
    /// </param>
    /// <param name="signIn">Needed where buyers may sign in.</param>
    /// <param name="sales">Where it is written down what was paid and kept; null: nowhere.</param>
    /// <param name="statements">Signs offers and receipts; each demand costs a signature then.</param>
    public PaymentGate(
        SellerOptions options, IEnumerable<IPaymentScheme> schemes, IFacilitator facilitator, IPaidRequestStore store, IOwedWork? owed = null,
        IPurchaseNames? names = null, ISettlementLookUp? lookUp = null, OfferReceiptSigner? statements = null,
        BuyerSignIn? signIn = null, ISaleBook? sales = null)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_options, _schemes, _store, _names, _signIn, _offers) = (options, new SchemeSet(schemes), store, names, signIn, new OfferBook(options));
        _statements = new SellerStatements(statements, options.ReceiptsNameTransactions);
        _work = new PaidWork(options, facilitator, store, owed, lookUp, _statements, sales);
    }

    public async Task HandleAsync(HttpContext context, PaidResource resource, RequestDelegate handler)
    {
        var demand = _offers.Demand(resource, context.Request.GetEncodedUrl());
        if (!PaymentHeaderReader.TryRead(context.Request.Headers, _options.Limits, out var payment, out var fault))
        {
            await UnpaidAsync(context, resource, demand);
        }
        else if (fault is not null)
        {
            await PaymentAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, WireReasons.InvalidPayload, fault);
        }
        else if (_offers.Find(resource, payment!) is not { } offer)
        {
            await DemandAsync(context, resource, demand with { Error = NoMatch });
        }
        else if (payment!.Version == WireVersions.Current && !JsonSubset.Holds(demand.Extensions, payment.Extensions))
        {
            await DemandAsync(context, resource, demand with { Error = NotEchoed });
        }
        else
        {
            await PaidAsync(context, resource, demand, new FacilitatorCall { Payment = payment!, Requirement = offer, Resource = demand.Resource }, handler);
        }
    }

    private async Task UnpaidAsync(HttpContext context, PaidResource resource, PaymentDemand demand)
    {
        if (!resource.SignIn || await SignIn().ReadAsync(context.Request, _options.Limits, context.RequestAborted) is not { } signed)
        {
            await DemandAsync(context, resource, demand);
        }
        else if (signed.Reason is { } reason)
        {
            await DemandAsync(context, resource, demand with { Error = reason });
        }
        else if (await RequestBody.TakeAsync(context, _options.MaxRequestLength) is { } body
            && await SignIn().FindAsync(signed.Buyer, Fingerprint(context.Request, body), context.RequestAborted) is { } bought)
        {
            await PaymentAnswers.SendAsync(context, bought);
        }
        else
        {
            await DemandAsync(context, resource, demand);
        }
    }

    private BuyerSignIn SignIn() => _signIn ?? throw new InvalidOperationException($"Resources with a sign-in need a {nameof(BuyerSignIn)}.");

    private async Task PaidAsync(HttpContext context, PaidResource resource, PaymentDemand demand, FacilitatorCall call, RequestDelegate handler)
    {
        var outcome = Read(call, out var scheme, out var payment);
        if (outcome.IsAccepted)
        {
            outcome = await scheme!.CheckSignatureAsync(payment!, context.RequestAborted);
        }

        if (!outcome.IsAccepted)
        {
            await RefuseAsync(context, resource, demand, outcome.Reason);
            return;
        }

        if (await NameAsync(resource, call.Payment, payment!) is { } wrong)
        {
            await PaymentAnswers.ErrorAsync(context, wrong.Status, WireReasons.InvalidPayload, wrong.Message);
            return;
        }

        if (await RequestBody.TakeAsync(context, _options.MaxRequestLength) is not { } body)
        {
            await PaymentAnswers.ErrorAsync(context, StatusCodes.Status413PayloadTooLarge, WireReasons.InvalidPayload, "The request is too long to be paid for.");
            return;
        }

        var fingerprint = Fingerprint(context.Request, body);
        var entry = await _store.BeginAsync(payment!.Key, fingerprint, context.RequestAborted);
        if (entry.Answer is { } stored)
        {
            await PaymentAnswers.SendAsync(context, stored);
        }
        else if (entry.IsConflict)
        {
            await PaymentAnswers.ErrorAsync(context, StatusCodes.Status409Conflict, VerificationReasons.NonceAlreadyUsed.Text, "This payment belongs to another request.");
        }
        else if (!entry.IsOwner)
        {
            await PaymentAnswers.ErrorAsync(
                context, StatusCodes.Status503ServiceUnavailable, WireReasons.UnexpectedSettleError, "There is no room for another payment; this one was not touched.", _options.RetryAfter);
        }
        else
        {
            var purchase = new Purchase(context, resource, call, scheme!, payment, fingerprint, handler);
            var end = await _work.DoAsync(purchase, entry);
            await AnswerAsync(context, resource, demand, end);
        }
    }

    // After the signature, so that nobody can take another's names; before anything is touched.
    private async Task<(int Status, string Message)?> NameAsync(PaidResource resource, PaymentPayload payload, SchemePayment payment)
    {
        if (resource.Naming == PurchaseNaming.Off)
        {
            return null;
        }

        if (!PaymentIdentifier.TryRead(payload.Extensions, out var name))
        {
            return (StatusCodes.Status400BadRequest, "The payment identifier is not in its form.");
        }

        if (name is null)
        {
            return resource.Naming == PurchaseNaming.Required ? (StatusCodes.Status400BadRequest, "A payment identifier is required.") : null;
        }

        var names = _names ?? throw new InvalidOperationException($"Named purchases need an {nameof(IPurchaseNames)}.");
        return await names.TryBindAsync(payment.Payer, name, payment.Key, CancellationToken.None)
            ? null
            : (StatusCodes.Status409Conflict, "This payment identifier belongs to another payment.");
    }

    private VerificationOutcome Read(FacilitatorCall call, out IPaymentScheme? scheme, out SchemePayment? payment)
    {
        payment = null;
        scheme = _schemes.Find(call, out var outcome);
        return scheme is null ? outcome : scheme.Read(call, out payment);
    }

    private Task AnswerAsync(HttpContext context, PaidResource resource, PaymentDemand demand, PurchaseEnd end) => end switch
    {
        { Answer: { } answer } => PaymentAnswers.SendAsync(context, answer),
        { Settlement: { IsPending: true } pending } => PaymentAnswers.ErrorAsync(
            context, StatusCodes.Status503ServiceUnavailable, WireReasons.SettlementPending, "The payment is not settled yet: ask again with the same one.", _options.RetryAfter, pending),
        { TooLong: true } => PaymentAnswers.ErrorAsync(
            context, StatusCodes.Status500InternalServerError, WireReasons.UnexpectedSettleError, "The answer is too long; nothing was charged."),
        _ => DemandAsync(context, resource, demand with { Error = end.Reason }, end.Reason == Permit2Reasons.AllowanceRequired.Text, end.Settlement),
    };

    private Task RefuseAsync(HttpContext context, PaidResource resource, PaymentDemand demand, VerificationReason reason) =>
        DemandAsync(context, resource, demand with { Error = FacilitatorReasons.Wire(reason) });

    private async Task DemandAsync(HttpContext context, PaidResource resource, PaymentDemand demand, bool needsAllowance = false, SettleResponse? settlement = null)
    {
        var offered = await _statements.OfferAsync(demand, context.RequestAborted);
        if (resource.SignIn)
        {
            offered = offered with { Extensions = ExtensionSet.Join(offered.Extensions, await SignIn().InviteAsync(context.Request, context.RequestAborted)) };
        }

        await PaymentAnswers.DemandAsync(
            context,
            needsAllowance ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status402PaymentRequired,
            offered,
            _offers.V1Demand(resource, offered),
            settlement);
    }

    private static Hash32 Fingerprint(HttpRequest request, byte[] body) =>
        RequestFingerprint.Compute("http", request.Method, request.GetEncodedPathAndQuery(), body);
}
