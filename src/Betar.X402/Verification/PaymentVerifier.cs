using Betar.X402.Challenges;
using Betar.X402.Protocol;
using Betar.X402.Verification.Checks;

namespace Betar.X402.Verification;

/// <summary>
/// The order of the checks, nothing else. A seller calls <see cref="CheckSyntaxAndCheapFields"/>, then:
/// <list type="bullet">
/// <item>when it knows that the key has no stored session: <see cref="CheckFresh"/>, then <see cref="CheckSignature"/>,
/// so that an old or forged payment never costs a recovery;</item>
/// <item>otherwise: <see cref="CheckSignature"/>, then its look-up; a stored session gives its answer, whatever the
/// clock says; without one, <see cref="CheckFresh"/>.</item>
/// </list>
/// Then it reserves. Both ways refuse the same payments; a payment with one fault gets the same reason both ways.
/// </summary>
public sealed class PaymentVerifier
{
    private readonly VerificationOptions _options;
    private readonly IEnvelopeCheck[] _beforeReading;
    private readonly IEnvelopeCheck[] _afterReading;
    private readonly IPaymentCheck[] _cheap;
    private readonly IPaymentCheck[] _quote;
    private readonly IPaymentCheck[] _window;
    private readonly SignatureCheck _signature;

    public PaymentVerifier(ChallengeIssuer challenges, VerificationOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _beforeReading = [new PayloadPresentCheck(), new FieldLengthCheck(), new SchemeCheck(), new NetworkCheck(), new FirstUseAllowedCheck()];
        _afterReading = [new PayerCheck(), new ServerNonceCheck()];
        _cheap = [new SignatureRangeCheck(), new LowSCheck(), new SelfPaymentCheck(), new BlockedPayerCheck()];
        _quote = [new RecipientCheck(), new QuoteCheck(challenges)];
        _window = [new ValidBeforeCheck(), new ValidAfterCheck(), new WindowLengthCheck()];
        _signature = new SignatureCheck();
    }

    /// <summary>Everything that is wrong for ever, whoever asks and whenever. Gives the payment as values.</summary>
    public VerificationOutcome CheckSyntaxAndCheapFields(
        PaymentEnvelope envelope, PaymentOffer offer, PaymentBinding binding, out SignedPayment? payment)
    {
        payment = null;
        var context = new CheckContext(offer, binding, _options, default);
        var outcome = Run(_beforeReading, envelope, in context);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        outcome = SignedPaymentReader.TryRead(offer.Asset, envelope.Payload!, out var read);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        outcome = Run(_afterReading, envelope, in context);
        if (outcome.IsAccepted)
        {
            outcome = Run(_cheap, read!, in context);
        }

        payment = outcome.IsAccepted ? read : null;
        return outcome;
    }

    /// <summary>The only expensive check.</summary>
    public VerificationOutcome CheckSignature(SignedPayment payment) => _signature.Check(payment, default);

    /// <summary>Recipient, challenge, value. Fatal only when there is no stored session.</summary>
    public VerificationOutcome CheckQuote(SignedPayment payment, PaymentOffer offer, PaymentBinding binding) =>
        Run(_quote, payment, new CheckContext(offer, binding, _options, default));

    /// <summary>Rows 6 and 7, and the window's length. Fatal only when there is no stored session.</summary>
    public VerificationOutcome CheckTimeWindow(SignedPayment payment, PaymentOffer offer, DateTimeOffset now) =>
        Run(_window, payment, new CheckContext(offer, PaymentBinding.FirstUse, _options, now));

    /// <summary>Both of the above in their order.</summary>
    public VerificationOutcome CheckFresh(SignedPayment payment, PaymentOffer offer, PaymentBinding binding, DateTimeOffset now)
    {
        var outcome = CheckQuote(payment, offer, binding);
        return outcome.IsAccepted ? CheckTimeWindow(payment, offer, now) : outcome;
    }

    /// <summary>All of it for a caller without stored sessions, cheap checks first.</summary>
    public VerificationOutcome Verify(
        PaymentEnvelope envelope,
        PaymentOffer offer,
        PaymentBinding binding,
        DateTimeOffset now,
        IReservedPayments reserved,
        out SignedPayment? payment)
    {
        var outcome = CheckSyntaxAndCheapFields(envelope, offer, binding, out payment);
        if (!outcome.IsAccepted)
        {
            return outcome;
        }

        outcome = CheckFresh(payment!, offer, binding, now);
        if (outcome.IsAccepted)
        {
            outcome = reserved.IsReserved(payment!.Key) ? VerificationReasons.NonceReserved : CheckSignature(payment!);
        }

        payment = outcome.IsAccepted ? payment : null;
        return outcome;
    }

    private static VerificationOutcome Run(IEnvelopeCheck[] checks, PaymentEnvelope envelope, in CheckContext context)
    {
        foreach (var check in checks)
        {
            if (check.Check(envelope, in context) is { } reason)
            {
                return reason;
            }
        }

        return VerificationOutcome.Accepted;
    }

    private static VerificationOutcome Run(IPaymentCheck[] checks, SignedPayment payment, in CheckContext context)
    {
        foreach (var check in checks)
        {
            if (check.Check(payment, in context) is { } reason)
            {
                return reason;
            }
        }

        return VerificationOutcome.Accepted;
    }
}
