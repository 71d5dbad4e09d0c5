using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Eip712;
using Betar.X402.Networks;

namespace Betar.Grains.Payments;

/// <summary>
/// The funded account that refunds come from. A refund's nonce is a hash of the payment it undoes, so that the token itself
/// makes it happen at most once.
/// </summary>
public sealed class RefundAccount(PrivateKey key, PaymentAssets assets)
{
    public Address Address { get; } = Address.FromKey(key);

    /// <summary>keccak256("refund" ‖ payment key).</summary>
    public static Nonce NonceOf(string paymentKey) => new(Keccak256.Hash(Encoding.UTF8.GetBytes("refund" + paymentKey)));

    internal TransferOrder Sign(PaidOrder order, string paymentKey, DateTimeOffset validBefore)
    {
        if (!assets.TryFind(NetworkId.Parse(order.Network), Address.Parse(order.Asset), out PaymentAsset? asset))
            throw new InvalidOperationException($"A payment in an asset that this node does not know: {order.Asset} on {order.Network}.");

        Nonce nonce = NonceOf(paymentKey);
        ulong until = (ulong)validBefore.ToUnixTimeSeconds();
        var terms = new TransferTerms(
            Address, Address.Parse(order.From), AtomicAmount.Parse(order.Value), UInt256.Zero, until, nonce);

        Span<byte> digest = stackalloc byte[Keccak256.Size];
        TransferAuthorizationHasher.Digest(asset.Domain, terms, digest);
        Span<byte> signature = stackalloc byte[PrivateKey.SignatureSize];
        key.Sign(digest, signature);
        signature[^1] += 27;
        return new TransferOrder
        {
            Asset = order.Asset,
            From = Address.ToString(),
            To = order.From,
            Value = order.Value,
            ValidAfter = 0,
            ValidBefore = until,
            Nonce = nonce.ToString(),
            Signature = Convert.ToHexStringLower(signature),
        };
    }
}
