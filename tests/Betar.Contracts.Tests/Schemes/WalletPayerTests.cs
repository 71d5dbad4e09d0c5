using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Eip712;
using Betar.X402.Facilitating;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.Contracts.Tests.Schemes;

/// <summary>"exact", paid by a wallet that is a contract.</summary>
public sealed class WalletPayerTests(Anvil anvil) : SchemeTest(anvil)
{
    private static readonly Nonce Nonce = new(TypedData.Label("a wallet's payment"));

    [Fact]
    public async Task With_the_option_it_pays_and_once()
    {
        var facilitator = Facilitator(Scheme(new SignatureCheckOptions { AllowContractWallets = true }));

        await PaysAsync(facilitator, Payment([1, .. Signed(Account.Buyer)]));

        Assert.Equal(Price, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal("invalid_exact_evm_nonce_already_used", (await facilitator.VerifyAsync(Payment([1, .. Signed(Account.Buyer)]), default)).InvalidReason);
    }

    [Fact]
    public async Task Without_it_nothing_is_taken() => await RefusedAsync("betar_signature_malformed", [1, .. Signed(Account.Buyer)], null);

    [Fact]
    public async Task Of_what_the_wallet_does_not_agree_to_nothing_is_taken()
    {
        await RefusedAsync(null, [1, .. Signed(Account.Stranger)], new SignatureCheckOptions { AllowContractWallets = true });
        await RefusedAsync(null, Signed(Account.Buyer), new SignatureCheckOptions { AllowContractWallets = true });
    }

    private async Task RefusedAsync(string? message, byte[] signature, SignatureCheckOptions? wallets)
    {
        var facilitator = Facilitator(Scheme(wallets));
        var verified = await facilitator.VerifyAsync(Payment(signature), default);
        Assert.Equal((false, "invalid_exact_evm_signature", message), (verified.IsValid, verified.InvalidReason, verified.InvalidMessage));
        Assert.False((await facilitator.SettleAsync(Payment(signature), null, default)).Success);
        Assert.Equal(0UL, await World.BalanceAsync(Account.Seller.Address));
    }

    private Eip3009Scheme Scheme(SignatureCheckOptions? wallets) =>
        new(new Eip3009Options { Assets = Assets, Chains = Chains, Verification = new VerificationOptions { Wallets = wallets } }, Time);

    private TransferTerms Terms => new(World.Wallet.Address, Account.Seller.Address, Price, 0, Time.Seconds + 300, Nonce);

    private byte[] Signed(Account by)
    {
        var (terms, digest) = (Terms, new byte[32]);
        TransferAuthorizationHasher.Digest(Asset.Domain, in terms, digest);
        return by.Sign(new Hash32(digest));
    }

    private FacilitatorCall Payment(byte[] signature) => Call(Offer(Requirement.Exact), System.Text.Json.JsonSerializer.SerializeToElement(new
    {
        signature = "0x" + Convert.ToHexStringLower(signature),
        authorization = new
        {
            from = Terms.From.ToString(), to = Terms.To.ToString(), value = Terms.Value.ToString(), validAfter = "0", validBefore = Terms.ValidBefore.ToString(),
            nonce = Nonce.ToString(),
        },
    }));
}
