using Betar.Ethereum;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Cluster.Tests.Model;

/// <summary>One payment: what was signed, and what the plain model remembers of it.</summary>
internal sealed class ModelPayment(PaidOrder order, PaymentKey key)
{
    public PaidOrder Order { get; } = order;

    public PaymentKey Key { get; } = key;

    public string Id { get; } = key.ToString();

    public Hash32 RefundNonce { get; } = RefundAccount.NonceOf(key.ToString()).Value;

    public ulong Value { get; } = ulong.Parse(order.Value, System.Globalization.CultureInfo.InvariantCulture);

    public bool MayRepeat => Order.AgentId == ModelWorld.Repeatable;

    /// <summary>A call died between "settled" and the answer: the work may have begun.</summary>
    public bool Interrupted { get; set; }

    /// <summary>How often a call died while it worked.</summary>
    public int Interruptions { get; set; }

    /// <summary>The first answer that was an end: every later one must be the same.</summary>
    public PaymentAnswer? End { get; set; }

    public LedgerKind? Kind { get; set; }

    /// <summary>What the plain model says must have become of it, once the chain has spoken for the last time.</summary>
    public LedgerKind Expected(ModelTransfer? onChain) =>
        onChain is null || onChain.To.ToString() != Order.To || onChain.Value != Value ? LedgerKind.Refused
        : Order.Input.StartsWith("ok", StringComparison.Ordinal) && (!Interrupted || MayRepeat) ? LedgerKind.Delivered
        : LedgerKind.Refunded;
}
