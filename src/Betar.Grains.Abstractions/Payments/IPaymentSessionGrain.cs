using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Payments;

/// <summary>
/// [network/asset/from/nonce, lower case] Takes one payment from reserved to settled to delivered or refunded;
/// has no state of its own: it folds the ledger.
/// </summary>
[Alias("betar.IPaymentSessionGrain")]
public interface IPaymentSessionGrain : IGrainWithStringKey
{
    /// <param name="order">The task and its payment, signature already verified.</param>
    /// <param name="ifNew">
    /// Why a payment not seen before must be refused (challenge, expiry, window), or null. A payment that is known gets its
    /// stored answer whatever stands here.
    /// </param>
    [Alias("Pay")]
    Task<PaymentAnswer> Pay(PaidOrder order, Refusal? ifNew);

    /// <summary>The same for a buyer that hears pieces of the answer while it waits, and waits longer.</summary>
    [Alias("PayInPieces"), ResponseTimeout("00:20:00")]
    Task<PaymentAnswer> PayInPieces(PaidOrder order, Refusal? ifNew);

    /// <summary>Drives an open order to its end; called by recovery and by retries of refunds.</summary>
    [Alias("Resume")]
    Task<PaymentAnswer> Resume();
}
