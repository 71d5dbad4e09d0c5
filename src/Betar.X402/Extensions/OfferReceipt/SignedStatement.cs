namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>A statement with its seller's signature, as text of the wire.</summary>
/// <param name="AcceptIndex">Of an offer: which of the demand's ways to pay it is; null where that is not said, and of receipts.</param>
public sealed record SignedStatement<T>(T Statement, string Signature, long? AcceptIndex = null)
    where T : class;
