using Betar.Ethereum;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>A facilitator in this process. It trusts nothing that a resource server says but what it may be asked for.</summary>
public sealed class LocalFacilitator : IFacilitator
{
    private readonly SchemeSet _schemes;
    private readonly ISettlementChannel _channel;
    private readonly ISettlementBook _book;
    private readonly LocalFacilitatorOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestLimit<Address>? _payers;

    public LocalFacilitator(
        IEnumerable<IPaymentScheme> schemes, ISettlementChannel channel, ISettlementBook book, LocalFacilitatorOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_schemes, _channel, _book, _options, _time) = (new SchemeSet(schemes), channel, book, options, time);
        _payers = options.PaymentsPerPayer is { } most ? new RequestLimit<Address>(most, options.MaxPayers, time) : null;
    }

    public async Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken)
    {
        var judged = await JudgeAsync(call, SchemeStep.Verify, cancellationToken);
        var outcome = judged.Outcome;
        if (outcome.IsAccepted && Wait(judged.Payment!) is { } wait)
        {
            return VerifyResponse.Invalid(WireReasons.UnexpectedVerifyError, judged.Payment!.Payer.ToString(), FacilitatorReasons.PayerLimit) with { RetryAfter = wait };
        }

        if (outcome.IsAccepted)
        {
            outcome = await judged.Scheme!.CheckChainAsync(judged.Payment!, cancellationToken);
        }

        var payer = judged.Payment?.Payer.ToString();
        return outcome.IsAccepted
            ? VerifyResponse.Valid(payer)
            : VerifyResponse.Invalid(FacilitatorReasons.Wire(outcome.Reason), payer, FacilitatorReasons.Message(outcome.Reason));
    }

    public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        var (scheme, payment, outcome) = await JudgeAsync(call, SchemeStep.Settle, cancellationToken);
        if (!outcome.IsAccepted && !await IsOpenAsync(scheme, payment, outcome.Reason, cancellationToken))
        {
            return Refused(call, payment, outcome.Reason);
        }

        // Who has begun may always ask how it ended.
        if (outcome.IsAccepted && Wait(payment!) is { } wait && !await _book.IsPendingAsync(BookKey(scheme!, payment!), cancellationToken))
        {
            return Response(call, payment) with { ErrorReason = WireReasons.UnexpectedSettleError, ErrorMessage = FacilitatorReasons.PayerLimit, RetryAfter = wait };
        }

        if (await scheme!.ChargeAsync(payment!, attempt, cancellationToken) is { } charged)
        {
            return charged;
        }

        if (scheme.ToSettlement(payment!) is not { } request)
        {
            return Response(call, payment) with { Success = true, Amount = "0" };
        }

        var entry = await _book.BeginAsync(request.Key, attempt, KeepUntil(request), cancellationToken);
        if (!entry.IsOwner)
        {
            return entry.Response
                ?? Response(call, payment) with { ErrorReason = scheme.ReasonOf(SettlementStatus.Used), Transaction = entry.Transaction };
        }

        // Too late for a new one, but this one may be on the chain already.
        var sends = outcome.IsAccepted;

        // From here on the outcome is written down whatever becomes of the caller.
        var response = Response(call, payment) with { ErrorReason = WireReasons.SettlementPending };
        try
        {
            var brought = await BringAsync(call, scheme, payment!, request, entry.IsResumed, sends);
            response = brought.Success ? await scheme.CompleteAsync(payment!, brought, CancellationToken.None) : brought;
        }
        finally
        {
            await _book.EndAsync(request.Key, response, CancellationToken.None);
        }

        return response;
    }

    public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => Task.FromResult(new SupportedKinds
    {
        Kinds = [.. _schemes.Offered.SelectMany(Kinds)],
        Signers = new Dictionary<string, IReadOnlyList<string>> { ["eip155:*"] = [.. _options.Signers.Select(account => account.ToString())] },
    });

    private async Task<SettleResponse> BringAsync(FacilitatorCall call, IPaymentScheme scheme, SchemePayment payment, SettlementRequest request, bool isResumed, bool sends)
    {
        using var patience = new CancellationTokenSource(_options.SettleTimeout, _time);
        try
        {
            if (!sends)
            {
                return Ended(call, scheme, payment, await _channel.LookUpAsync(request, patience.Token));
            }

            if (_options.SimulateBeforeSettling && !isResumed)
            {
                var chain = await scheme.CheckChainAsync(payment, patience.Token);
                if (!chain.IsAccepted)
                {
                    // Used already may be our own transaction of an earlier try: only the channel knows.
                    return chain.Reason == VerificationReasons.NonceAlreadyUsed
                        ? Ended(call, scheme, payment, Earlier(await _channel.LookUpAsync(request, patience.Token)))
                        : Refused(call, payment, chain.Reason);
                }
            }

            return Ended(call, scheme, payment, await _channel.SettleAsync(request, patience.Token));
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Ended(call, scheme, payment, SettlementOutcome.Pending(detail: "the chain has not answered in time"));
        }
    }

    // Its end does not stop a payment that is under way: but whoever asks for it must have signed it.
    private async Task<bool> IsOpenAsync(IPaymentScheme? scheme, SchemePayment? payment, VerificationReason reason, CancellationToken cancellationToken) =>
        payment is not null
        && (reason == VerificationReasons.ValidBefore || reason == Permit2Reasons.Deadline || reason == BatchReasons.ValidBefore)
        && await _book.IsPendingAsync(BookKey(scheme!, payment), cancellationToken)
        && (await scheme!.CheckSignatureAsync(payment, cancellationToken)).IsAccepted;

    // What is settled is not always what is paid with: a deposit is known by its own nonce.
    private static PaymentKey BookKey(IPaymentScheme scheme, SchemePayment payment) => scheme.ToSettlement(payment)?.Key ?? payment.Key;

    // A payment that was settled before anybody here began pays for nothing here: whoever settled it has sold something for it.
    private static SettlementOutcome Earlier(SettlementOutcome outcome) =>
        outcome.Status == SettlementStatus.Settled ? outcome with { Status = SettlementStatus.Used } : outcome;

    private async ValueTask<(IPaymentScheme? Scheme, SchemePayment? Payment, VerificationOutcome Outcome)> JudgeAsync(
        FacilitatorCall call, SchemeStep step, CancellationToken cancellationToken)
    {
        var scheme = _schemes.Find(call, out var missing);
        if (scheme is null)
        {
            return (null, null, missing);
        }

        var outcome = NetworkId.TryParse(call.Requirement.Network, out var network) && _options.Networks.Contains(network)
            ? scheme.Read(call, out var payment)
            : Not(VerificationReasons.NetworkNotAccepted, out payment);
        if (outcome.IsAccepted && _options.AllowedPayees is { } payees && !payees.Contains(Address.Parse(call.Requirement.PayTo)))
        {
            outcome = FacilitatorPolicy.PayeeNotAllowed;
        }

        if (!outcome.IsAccepted)
        {
            return (scheme, payment, outcome);
        }

        outcome = scheme.CheckFresh(payment!, step);
        if (outcome.IsAccepted && payment!.Sender is { } sender && _options.Signers.Count > 0 && !_options.Signers.Contains(sender))
        {
            outcome = FacilitatorPolicy.SenderNotOurs;
        }

        return (scheme, payment, outcome.IsAccepted ? await scheme.CheckSignatureAsync(payment!, cancellationToken) : outcome);
    }

    // Asked only for what is signed: nobody can use up another's count.
    private TimeSpan? Wait(SchemePayment payment) => _payers?.Take(payment.Payer);

    private static VerificationOutcome Not(VerificationReason reason, out SchemePayment? payment)
    {
        payment = null;
        return reason;
    }

    private IEnumerable<SupportedKind> Kinds(IPaymentScheme scheme) => _options.Networks.SelectMany(network =>
    {
        var current = new SupportedKind(WireVersions.Current, scheme.Name, network.ToString()) { Extra = scheme.SupportedExtra };
        return scheme.Name == Requirement.Exact && V1Networks.Has(network)
            ? [current, current with { Version = WireVersions.First }]
            : (IEnumerable<SupportedKind>)[current];
    });

    private DateTimeOffset KeepUntil(SettlementRequest request)
    {
        var end = Math.Min(request.ValidBefore, (ulong)(_time.GetUtcNow() + TimeSpan.FromDays(2)).ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds((long)end) + _options.KeepBeyondEnd;
    }

    private static SettleResponse Ended(FacilitatorCall call, IPaymentScheme scheme, SchemePayment payment, SettlementOutcome outcome) =>
        Response(call, payment) with
        {
            Success = outcome.Status == SettlementStatus.Settled,
            ErrorReason = scheme.ReasonOf(outcome.Status),
            ErrorMessage = outcome.Detail,
            Transaction = outcome.Transaction?.ToString() ?? "",
            Amount = payment.Charged?.ToString(),
        };

    private static SettleResponse Refused(FacilitatorCall call, SchemePayment? payment, VerificationReason reason) => Response(call, payment) with
    {
        ErrorReason = reason == VerificationReasons.ChainUnreachable ? WireReasons.UnexpectedSettleError : FacilitatorReasons.Wire(reason),
        ErrorMessage = FacilitatorReasons.Message(reason),
    };

    private static SettleResponse Response(FacilitatorCall call, SchemePayment? payment) =>
        new() { Success = false, Network = call.Requirement.Network, Payer = payment?.Payer.ToString() };
}
