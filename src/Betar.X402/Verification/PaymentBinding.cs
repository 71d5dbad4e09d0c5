using Betar.X402.Challenges;

namespace Betar.X402.Verification;

/// <summary>How a payment is tied to its request.</summary>
public sealed class PaymentBinding
{
    private PaymentBinding(ChallengeTerms? terms) => Terms = terms;

    /// <summary>The payer chose the nonce: the request that reserves it first has it. Off unless the options allow it.</summary>
    public static PaymentBinding FirstUse { get; } = new(null);

    /// <summary>Null in first-use mode.</summary>
    public ChallengeTerms? Terms { get; }

    /// <summary>The nonce must be a quote of ours for these terms.</summary>
    public static PaymentBinding Challenge(ChallengeTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new PaymentBinding(terms);
    }
}
