namespace Betar.Grains.Buying;

/// <summary>The places of a purchase between the question and the stored end, in their order.</summary>
public static class PurchaseFaultPoint
{
    public const string AfterQuote = "after-purchase-quote";
    public const string AfterSigned = "after-purchase-signed";
    public const string AfterAnswer = "after-purchase-answer";
    public const string AfterKept = "after-purchase-kept";

    public static IReadOnlyList<string> All { get; } = [AfterQuote, AfterSigned, AfterAnswer, AfterKept];
}
