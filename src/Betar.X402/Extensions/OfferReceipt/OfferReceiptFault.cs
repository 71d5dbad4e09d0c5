namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>Why a signed offer or receipt is not believed.</summary>
public enum OfferReceiptFault
{
    None = 0,

    /// <summary>There is none, or none that can be read: other formats than EIP-712 are not.</summary>
    Missing,

    Version,

    /// <summary>Not 65 bytes in their one form.</summary>
    Signature,

    /// <summary>Signed by somebody who does not speak for this seller.</summary>
    Signer,

    /// <summary>It is about another address on the web.</summary>
    Resource,

    /// <summary>The demand has other terms than those that were signed.</summary>
    Terms,

    Network,
    Payer,
    Transaction,

    /// <summary>An offer that is over; a receipt that is older than anything that was bought now.</summary>
    Expired,

    /// <summary>A receipt from the future.</summary>
    NotYet,
}
