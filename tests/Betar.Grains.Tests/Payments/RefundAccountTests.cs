using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Payments;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;
using Betar.X402;
using Betar.X402.Eip712;
using Betar.X402.Networks;

namespace Betar.Grains.Tests.Payments;

public sealed class RefundAccountTests : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.Import(Enumerable.Repeat((byte)1, 32).ToArray());
    private readonly RefundAccount _account;

    public RefundAccountTests() => _account = new RefundAccount(_key, PaymentAssets.Default);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_nonce_is_the_hash_of_refund_and_the_payment_key()
    {
        string key = Samples.Key.ToString();

        Assert.Equal(new Hash32(Keccak256.Hash(Encoding.ASCII.GetBytes("refund" + key))), RefundAccount.NonceOf(key).Value);
        Assert.NotEqual(RefundAccount.NonceOf(key), RefundAccount.NonceOf(key[..^1] + "0"));
    }

    [Fact]
    public void A_refund_gives_the_payer_exactly_what_it_paid()
    {
        TransferOrder refund = _account.Sign(Samples.Order, Samples.Key.ToString(), DateTimeOffset.FromUnixTimeSeconds(1_000));

        Assert.Equal((_account.Address.ToString(), Samples.Order.From, "1000", Samples.Order.Asset),
            (refund.From, refund.To, refund.Value, refund.Asset));
        Assert.Equal((0ul, 1_000ul), (refund.ValidAfter, refund.ValidBefore));
        Assert.Equal(RefundAccount.NonceOf(Samples.Key.ToString()).ToString(), refund.Nonce);
    }

    [Fact]
    public void Its_signature_is_the_refund_accounts_own()
    {
        TransferOrder refund = _account.Sign(Samples.Order, Samples.Key.ToString(), DateTimeOffset.FromUnixTimeSeconds(1_000));
        byte[] signature = Convert.FromHexString(refund.Signature);
        var terms = new TransferTerms(
            _account.Address, Samples.Payer, AtomicAmount.Parse("1000"), UInt256.Zero, 1_000, Nonce.Parse(refund.Nonce));
        byte[] digest = new byte[Keccak256.Size], signer = new byte[64];
        TransferAuthorizationHasher.Digest(PaymentAsset.BaseSepoliaUsdc.Domain, terms, digest);

        Assert.InRange(signature[64], 27, 28);
        Assert.True(Secp256k1.TryRecover(digest, signature.AsSpan(0, 64), signature[64] - 27, signer));
        Assert.Equal(_account.Address, Address.FromPublicKey(signer));
    }

    [Fact]
    public void The_refund_of_one_payment_is_always_under_the_same_nonce()
    {
        TransferOrder first = _account.Sign(Samples.Order, Samples.Key.ToString(), DateTimeOffset.FromUnixTimeSeconds(1_000));
        TransferOrder later = _account.Sign(Samples.Order, Samples.Key.ToString(), DateTimeOffset.FromUnixTimeSeconds(9_000));

        Assert.Equal(first.Nonce, later.Nonce);
        Assert.NotEqual(first.Signature, later.Signature);
    }

    [Fact]
    public void An_asset_that_is_not_on_our_list_is_not_signed_for() => Assert.Throws<InvalidOperationException>(() =>
        _account.Sign(Samples.Order with { Asset = Samples.Payee.ToString() }, "k", DateTimeOffset.UnixEpoch));

    [Fact]
    public void Its_address_is_that_of_its_key() =>
        Assert.Equal("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1", Address.FromKey(_key).ToString());
}
