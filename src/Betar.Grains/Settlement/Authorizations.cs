using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Settlement;

/// <summary>From the grains' shape of a transfer to the chain's.</summary>
internal static class Authorizations
{
    public static SignedTransferAuthorization Of(TransferOrder order) => new(
        Address.Parse(order.From),
        Address.Parse(order.To),
        UInt256.Parse(order.Value),
        order.ValidAfter,
        order.ValidBefore,
        Hash32.Parse(order.Nonce),
        Convert.FromHexString(order.Signature));
}
