namespace Betar.X402.Http.Selling;

/// <summary>Whether buyers name their purchases (extension "payment-identifier").</summary>
public enum PurchaseNaming
{
    /// <summary>The payment itself is name enough.</summary>
    Off,

    /// <summary>A buyer may, and then one name is one payment.</summary>
    Optional,

    /// <summary>A buyer must.</summary>
    Required,
}
