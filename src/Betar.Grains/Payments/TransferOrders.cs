using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Payments;

/// <summary>The transfer that a paid order authorises.</summary>
internal static class TransferOrders
{
    public static TransferOrder Of(PaidOrder order) => new()
    {
        Asset = order.Asset,
        From = order.From,
        To = order.To,
        Value = order.Value,
        ValidAfter = order.ValidAfter,
        ValidBefore = order.ValidBefore,
        Nonce = order.Nonce,
        Signature = order.Signature,
    };
}
