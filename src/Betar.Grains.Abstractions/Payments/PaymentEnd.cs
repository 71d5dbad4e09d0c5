namespace Betar.Grains.Abstractions.Payments;

/// <summary>Where a payment stands when an answer leaves.</summary>
public enum PaymentEnd
{
    /// <summary>Nothing was taken and nothing is owed.</summary>
    Refused = 0,

    /// <summary>The answer is durable and can be fetched again.</summary>
    Delivered = 1,

    /// <summary>Settled, not delivered; the seller owes the amount.</summary>
    RefundOwed = 2,

    /// <summary>The amount went back.</summary>
    Refunded = 3,

    /// <summary>The chain has not said yet; ask again with the same payment.</summary>
    Pending = 4,

    /// <summary>The work failed, and the payment is kept, as the agent's declaration says.</summary>
    Kept = 5,
}
