namespace Betar.Ethereum;

/// <summary>One look at a transaction.</summary>
/// <param name="Receipt">Where it was seen included; null otherwise.</param>
/// <param name="Confirmations">Blocks that hold it, its own counted.</param>
/// <param name="LostBlock">The block that is no more, when the chain was reorganised.</param>
/// <param name="Detail">Why the chain gave no answer; empty otherwise.</param>
public sealed record ReceiptSighting(ReceiptState State, TransactionReceipt? Receipt, ulong Confirmations, Hash32? LostBlock, string Detail)
{
    /// <summary>Looking again only helps against a reorganisation deeper than the confirmations.</summary>
    public bool IsFinal => State is ReceiptState.Confirmed or ReceiptState.Replaced;

    internal static ReceiptSighting Of(ReceiptState state) => new(state, null, 0, null, "");

    internal static ReceiptSighting Unavailable(string detail) => new(ReceiptState.Unavailable, null, 0, null, detail);

    internal static ReceiptSighting Lost(Hash32 block) => new(ReceiptState.Reorganised, null, 0, block, "");
}
