namespace Betar.Sdk.Buying;

/// <summary>A piece of an answer as it comes, or at the end the purchase with all of it.</summary>
public sealed record PurchasePiece
{
    /// <summary>What came now; empty for the last piece. Not yet the answer: only <see cref="Result"/> is.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of the last piece only: the purchase, or why there is none.</summary>
    public BetarResult<Purchase>? Result { get; init; }
}
