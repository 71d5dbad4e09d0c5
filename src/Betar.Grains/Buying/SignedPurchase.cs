namespace Betar.Grains.Buying;

/// <summary>The paid request as it goes over the wire, and the key of its payment.</summary>
internal sealed record SignedPurchase(byte[] PaidRequest, string PaymentKey);
