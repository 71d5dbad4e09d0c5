using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Settlement;

/// <summary>From the grains' shape of a transfer to the chain's.</summary>
internal static class Authorizations
{
    /// <summary>And from the chain's to the grains'.</summary>
    public static TransferOrder Of(Address token, SignedTransferAuthorization authorization) => new()
    {
        Asset = token.ToString(),
        From = authorization.From.ToString(),
        To = authorization.To.ToString(),
        Value = authorization.Value.ToString(),
        ValidAfter = authorization.ValidAfter,
        ValidBefore = authorization.ValidBefore,
        Nonce = authorization.Nonce.ToString(),
        Signature = Convert.ToHexStringLower(authorization.Signature),
    };

    public static SignedTransferAuthorization Of(TransferOrder order) => new(
        Address.Parse(order.From),
        Address.Parse(order.To),
        UInt256.Parse(order.Value),
        order.ValidAfter,
        order.ValidBefore,
        Hash32.Parse(order.Nonce),
        Convert.FromHexString(order.Signature));
}
