using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>What the book says to one who wants to settle.</summary>
/// <param name="IsOwner">True for the one who has to do it.</param>
/// <param name="IsResumed">To the owner: it was begun before, and nobody knows yet how it ended.</param>
/// <param name="Response">To others: the outcome, when this was their own attempt.</param>
/// <param name="Transaction">To others: the transaction that settled the payment, when it is known.</param>
public sealed record SettlementEntry(bool IsOwner, bool IsResumed, SettleResponse? Response, string Transaction)
{
    public static SettlementEntry Owner { get; } = new(true, false, null, "");

    public static SettlementEntry Resumed { get; } = new(true, true, null, "");

    public static SettlementEntry Taken(string transaction) => new(false, false, null, transaction);

    public static SettlementEntry Ended(SettleResponse response) => new(false, false, response, response.Transaction);
}
