using Betar.Grains.Abstractions.Payments;
using Betar.Storage.Ledger;

namespace Betar.Grains.Payments;

/// <summary>An order for people: all that its entries say but the signature.</summary>
public sealed record OrderSummary
{
    private const ulong LastSecond = 253_402_300_799;

    public required LedgerKind State { get; init; }

    public required string AgentId { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Amount { get; init; }

    /// <summary>The buyer's own name of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>Who stood at the other end of the stream.</summary>
    public required string Peer { get; init; }

    /// <summary>The peer, and what it says of itself.</summary>
    public required string Caller { get; init; }

    /// <summary>Until when the authorisation that the buyer signed could be used.</summary>
    public required DateTimeOffset QuotedUntil { get; init; }

    public required string Input { get; init; }

    public required string Output { get; init; }

    public required string Transaction { get; init; }

    public required string Refund { get; init; }

    public required string Reason { get; init; }

    /// <param name="entries">All entries of one order, in their order; one at least.</param>
    public static OrderSummary Of(IReadOnlyList<LedgerEntry> entries)
    {
        OrderState state = OrderState.Fold(entries) ?? throw new ArgumentException("An order has entries.", nameof(entries));
        PaidOrder order = state.Order;
        return new OrderSummary
        {
            State = state.Stage,
            AgentId = order.AgentId,
            From = order.From,
            To = order.To,
            Amount = order.Value,
            RequestId = order.CorrelationId,
            Peer = order.Peer,
            Caller = order.Caller,
            QuotedUntil = DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(order.ValidBefore, LastSecond)),
            Input = order.Input,
            Output = state.Output,
            Transaction = state.TransactionHash,
            Refund = state.RefundHash,
            Reason = state.Reason,
        };
    }
}
