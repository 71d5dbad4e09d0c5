using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Networks;
using Betar.X402.Selling;

namespace Betar.Grains.Payments;

/// <summary>
/// The funded account that refunds come from. A refund's nonce is a hash of the payment it undoes, so that the token itself
/// makes it happen at most once.
/// </summary>
public sealed class RefundAccount(PrivateKey key, PaymentAssets assets)
{
    public Address Address { get; } = Address.FromKey(key);

    /// <inheritdoc cref="RefundAuthorization.NonceOf"/>
    public static Nonce NonceOf(string paymentKey) => RefundAuthorization.NonceOf(paymentKey);

    internal TransferOrder Sign(PaidOrder order, string paymentKey, DateTimeOffset validBefore)
    {
        if (!assets.TryFind(NetworkId.Parse(order.Network), Address.Parse(order.Asset), out PaymentAsset? asset))
            throw new InvalidOperationException($"A payment in an asset that this node does not know: {order.Asset} on {order.Network}.");
        SignedTransferAuthorization authorization = RefundAuthorization.Sign(
            key, asset, Address.Parse(order.From), AtomicAmount.Parse(order.Value), paymentKey, validBefore);
        return Authorizations.Of(asset.Address, authorization);
    }
}
