using Betar.X402.Selling;
using Betar.X402.Wire;

namespace Betar.X402.Http.Selling;

/// <summary>How a paid request ended: with an answer, or with why there is none.</summary>
internal sealed record PurchaseEnd
{
    internal StoredAnswer? Answer { get; private init; }

    internal string? Reason { get; private init; }

    internal SettleResponse? Settlement { get; private init; }

    internal bool TooLong { get; private init; }

    internal static PurchaseEnd Answered(StoredAnswer answer) => new() { Answer = answer };

    internal static PurchaseEnd Refused(string reason) => new() { Reason = reason };

    internal static PurchaseEnd NotSettled(SettleResponse settlement) => new() { Reason = settlement.ErrorReason, Settlement = settlement };

    internal static PurchaseEnd Overflowed { get; } = new() { TooLong = true };
}
