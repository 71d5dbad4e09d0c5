using Betar.X402.Challenges;

namespace Betar.X402.Verification.Checks;

/// <summary>
/// Row 8 and the challenge. In first-use mode the value is the offer's, exactly. With a challenge the quote itself
/// says which value was asked for, so that it outlives a price change.
/// </summary>
internal sealed class QuoteCheck(ChallengeIssuer challenges) : IPaymentCheck
{
    private static readonly ValueCheck Value = new();

    public VerificationReason? Check(SignedPayment payment, in CheckContext context)
    {
        var value = payment.Terms.Value;
        var offered = context.Offer.Amount;
        if (context.Binding.Terms is not { } terms)
        {
            return Value.Check(payment, in context);
        }

        return challenges.Inspect(payment.Terms.Nonce, terms, value).Verdict switch
        {
            ChallengeVerdict.Valid => null,
            ChallengeVerdict.Expired => VerificationReasons.ChallengeExpired,
            ChallengeVerdict.UnknownKey => VerificationReasons.ChallengeUnknown,
            _ when value != offered && IsOurs(payment.Terms.Nonce, terms, offered) => VerificationReasons.ValueMismatch,
            _ => VerificationReasons.ChallengeMismatch,
        };
    }

    private bool IsOurs(Nonce nonce, ChallengeTerms terms, AtomicAmount amount) =>
        challenges.Inspect(nonce, terms, amount).Verdict is ChallengeVerdict.Valid or ChallengeVerdict.Expired;
}
