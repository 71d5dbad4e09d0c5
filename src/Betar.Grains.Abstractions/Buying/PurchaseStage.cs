namespace Betar.Grains.Abstractions.Buying;

/// <summary>How far a purchase has come.</summary>
public enum PurchaseStage
{
    New = 0,

    /// <summary>Signed and stored; from here on the same payment is repeated, never another one made.</summary>
    PaymentSigned = 1,
    Delivered = 2,
    Refused = 3,
    RefundOwed = 4,
    Refunded = 5,

    /// <summary>The seller's work failed, and it keeps the payment.</summary>
    Kept = 6,
}
