using Betar.Grains.Abstractions.Buying;

namespace Betar.Grains.Buying;

/// <summary>A purchase: the intent, the one payment that was signed for it, and its end.</summary>
[GenerateSerializer, Alias("betar.purchase-state")]
public sealed class PurchaseState
{
    [Id(0)] public PurchaseIntent? Intent { get; set; }

    /// <summary>The paid request as it was sent; repeated as it is, never made anew.</summary>
    [Id(1)] public byte[] PaidRequest { get; set; } = [];

    [Id(2)] public string PaymentKey { get; set; } = "";

    [Id(3)] public PurchaseResult? Result { get; set; }
}
