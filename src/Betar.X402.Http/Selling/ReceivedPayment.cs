using Betar.Ethereum;
using Betar.X402.Schemes;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Selling;

/// <summary>The payment of a request that is worked on: a feature of the request, for its handler.</summary>
public sealed class ReceivedPayment
{
    private readonly AtomicAmount? _leastRest;

    private ReceivedPayment(IPaymentScheme scheme, SchemePayment payment, AtomicAmount? leastRest)
    {
        (Scheme, Payer, Amount, IsChargedAfterwards, ValidBefore) = (scheme.Name, payment.Payer, payment.Amount, scheme.ChargesWhatWasUsed, payment.ValidBefore);
        _leastRest = leastRest;
    }

    /// <summary>How it is paid, as the wire calls it.</summary>
    public string Scheme { get; }

    public Address Payer { get; }

    /// <summary>What the payer signed for: the most that can be charged.</summary>
    public AtomicAmount Amount { get; }

    /// <summary>The money moves when the work is done. Otherwise it has moved, and the rest of what is charged goes back, if it is worth it.</summary>
    public bool IsChargedAfterwards { get; }

    /// <summary>When it is too late to settle it, in Unix seconds.</summary>
    public ulong ValidBefore { get; }

    /// <summary>What is kept of it; null: all.</summary>
    public AtomicAmount? Charge { get; private set; }

    /// <summary>Says what the work costs. A rest of what was paid already that is not worth a transaction is kept too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than was signed for.</exception>
    public void SetCharge(AtomicAmount charge)
    {
        if (charge > Amount)
        {
            throw new ArgumentOutOfRangeException(nameof(charge), $"{charge} is more than the {Amount} that was signed for.");
        }

        Charge = IsChargedAfterwards || Amount - charge >= _leastRest ? charge : Amount;
    }

    /// <param name="context">The request.</param>
    /// <param name="scheme">How it is paid.</param>
    /// <param name="payment">What was signed.</param>
    /// <param name="leastRest">Least of a payment that has moved that goes back; null: none does.</param>
    internal static ReceivedPayment Show(HttpContext context, IPaymentScheme scheme, SchemePayment payment, AtomicAmount? leastRest)
    {
        var shown = new ReceivedPayment(scheme, payment, leastRest);
        context.Features.Set(shown);
        return shown;
    }
}
