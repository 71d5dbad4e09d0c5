using System.Text.Json;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Serialization;
using Betar.Storage.Ledger;

namespace Betar.Grains.Payments;

/// <summary>An order as its ledger entries tell it. Made by folding, never changed in place.</summary>
internal sealed record OrderState
{
    /// <summary>The last entry's kind.</summary>
    public required LedgerKind Stage { get; init; }

    /// <summary>Where the order is; an order that was just read is where a crash would have left it.</summary>
    public required PaymentState At { get; init; }

    public required PaidOrder Order { get; init; }

    /// <summary>Index of the next entry in the order's chain.</summary>
    public required int NextIndex { get; init; }

    public string TransactionHash { get; init; } = "";

    /// <summary>When the chain was seen to have moved the money.</summary>
    public DateTimeOffset SettledAt { get; init; }

    public string Output { get; init; } = "";

    /// <summary>Why the work failed whose payment is kept; empty: it did not, or the payment goes back.</summary>
    public string KeptFailure { get; init; } = "";

    /// <summary>Code and sentence of a refusal or a refund, "code sentence".</summary>
    public string Reason { get; init; } = "";

    public string RefundHash { get; init; } = "";

    public static OrderState? Fold(IReadOnlyList<LedgerEntry> entries)
    {
        OrderState? state = null;
        foreach (LedgerEntry entry in entries)
            state = state is null ? Begin(entry) : state.Then(entry);
        return state;
    }

    private static OrderState Begin(LedgerEntry entry) => new()
    {
        Stage = entry.Kind,
        At = PaymentMachine.AfterCrash(entry.Kind),
        Order = (JsonSerializer.Deserialize(entry.Body.Span, StoredJson.Default.ReservedBody)
            ?? throw new InvalidDataException($"Ledger entry {entry.Sequence} has no order in it.")).Order,
        NextIndex = entry.Index + 1,
    };

    public OrderState Then(LedgerEntry entry)
    {
        OrderState next = this with { Stage = entry.Kind, At = PaymentMachine.AfterCrash(entry.Kind), NextIndex = entry.Index + 1 };
        return entry.Kind switch
        {
            LedgerKind.Settled => next with { TransactionHash = entry.Reference, SettledAt = entry.At },
            LedgerKind.Delivered => next.With(Delivered(entry)),
            LedgerKind.RefundOwed or LedgerKind.Refused => next with { Reason = entry.Reference },
            LedgerKind.Refunded => next with { RefundHash = entry.Reference },
            _ => next,
        };
    }

    private OrderState With(DeliveredBody answer) => this with { Output = answer.Output, KeptFailure = answer.Failure ?? "" };

    public static byte[] Encode(PaidOrder order) =>
        JsonSerializer.SerializeToUtf8Bytes(new ReservedBody(order), StoredJson.Default.ReservedBody);

    public static byte[] Encode(DeliveredBody answer) => JsonSerializer.SerializeToUtf8Bytes(answer, StoredJson.Default.DeliveredBody);

    private static DeliveredBody Delivered(LedgerEntry entry) =>
        JsonSerializer.Deserialize(entry.Body.Span, StoredJson.Default.DeliveredBody)
        ?? throw new InvalidDataException($"Ledger entry {entry.Sequence} has no answer in it.");
}
