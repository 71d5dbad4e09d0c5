using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.X402.Schemes;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Schemes.Vault;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>Payers that are contracts, in every scheme beside "exact" by EIP-3009: refused unless they are wanted, and then asked.</summary>
public sealed class WalletPayerRowTests : IDisposable
{
    private readonly WalletWorld _world = new();
    private readonly VaultBench _vault = new();

    public void Dispose() => _vault.Dispose();

    public static TheoryData<string, string> Schemes => new()
    {
        { "permit", "invalid_permit2_signature" }, { "upto", "invalid_permit2_signature" }, { "vault", "invalid_exact_evm_signature" },
        { "capture", "invalid_exact_evm_signature" }, { "deposit", "invalid_batch_settlement_evm_receive_authorization_signature" },
        { "voucher", "invalid_batch_settlement_evm_voucher_signature" },
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Without_the_option_it_is_no_signature_and_no_chain_is_asked(string name, string reason)
    {
        Assert.NotEmpty(reason);
        Assert.Equal("betar_signature_malformed", await ReasonAsync(name, WalletWorld.Signature, new VerificationOptions()));
        Assert.Equal("eip6492_factory_not_allowed", await ReasonAsync(name, WalletWorld.Wrapped, new VerificationOptions()));
        Assert.Empty(_world.Chain.Calls);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task With_it_the_wallet_decides(string name, string reason)
    {
        _world.Says(true);
        Assert.Null(await ReasonAsync(name, WalletWorld.Signature));
        Assert.Contains(_world.Chain.Calls, call => call.To == Address.Parse(Vectors.Payer));
        _world.Says(false);
        Assert.Equal(reason, await ReasonAsync(name, WalletWorld.Signature));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_wallet_that_says_nothing_is_not_taken_and_not_refused_for_ever(string name, string reason)
    {
        Assert.NotEmpty(reason);
        _world.SaysNothing();
        Assert.Equal("betar_chain_unreachable", await ReasonAsync(name, WalletWorld.Signature));
        Assert.Equal("betar_chain_unreachable", await ReasonAsync(name, WalletWorld.Signature, chains: Chains.None));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task An_account_with_code_is_not_judged_by_a_key_as_well(string name, string reason)
    {
        _world.Says(false);
        Assert.Equal(reason, await ReasonAsync(name, null));
        _world.IsNoContract();
        Assert.Null(await ReasonAsync(name, null));
        Assert.Equal(reason, await ReasonAsync(name, WalletWorld.Signature));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_wallet_that_is_yet_to_be_created_only_of_factories_that_are_allowed(string name, string reason)
    {
        Assert.NotEmpty(reason);
        Assert.Equal("eip6492_factory_not_allowed", await ReasonAsync(name, WalletWorld.Wrapped));
        _world.Says(true);
        Assert.Null(await ReasonAsync(name, WalletWorld.Wrapped, WalletWorld.WithFactory));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_signature_is_as_long_as_the_options_say(string name, string reason)
    {
        Assert.NotEmpty(reason);
        _world.Says(true);
        Assert.Null(await ReasonAsync(name, "0x" + new string('1', 2 * 4096)));
        Assert.Contains(await ReasonAsync(name, "0x" + new string('1', (2 * 4096) + 2)), (string[])["betar_signature_malformed", "betar_field_too_long"]);
    }

    [Theory]
    [InlineData("permit")]
    [InlineData("upto")]
    [InlineData("vault")]
    [InlineData("deposit")]
    public void What_goes_to_the_contract_is_the_wallets_own_signature_without_its_wrapping(string name)
    {
        var scheme = Scheme(name, WalletWorld.WithFactory, _world.Chains);
        Assert.True(scheme.Read(Call(name, WalletWorld.Wrapped), out var payment).IsAccepted);
        var data = Convert.ToHexStringLower(scheme.ToSettlement(payment!)!.Call.Data.Span);
        Assert.Contains(WalletWorld.Signature[2..], data, StringComparison.Ordinal);
        Assert.DoesNotContain("64926492", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authoriser_of_a_channel_is_a_key_and_never_a_contract()
    {
        _world.Says(true);
        var call = Change("voucher", WalletWorld.Signature, authorizer: Vectors.Other);
        Assert.Equal(VerificationReasons.SignatureMalformed, Scheme("voucher", WalletWorld.Options, _world.Chains).Read(call, out _).Reason);

        var scheme = Scheme("voucher", WalletWorld.Options, _world.Chains);
        Assert.True(scheme.Read(Change("voucher", Vectors.Signature, authorizer: Vectors.Other), out var payment).IsAccepted);
        Assert.Equal(BatchReasons.VoucherSignature, (await scheme.CheckSignatureAsync(payment!, default)).Reason);
        Assert.Empty(_world.Chain.Calls);
    }

    [Fact]
    public async Task A_wallets_voucher_is_kept_as_its_contract_takes_it()
    {
        var book = new MemoryChannelBook(_vault.Time);
        var scheme = new BatchScheme(new BatchOptions { Book = book, Chains = _world.Chains, Verification = WalletWorld.WithFactory }, _vault.Time);
        Assert.True(scheme.Read(Call("voucher", WalletWorld.Wrapped), out var payment).IsAccepted);
        await book.DepositedAsync(((BatchPayment)payment!).Channel, Nonce.Random(), 5000, default);

        Assert.True((await scheme.ChargeAsync(payment!, null, default))!.Success);

        Assert.Equal(WalletWorld.Bytes, (await book.FindAsync(((BatchPayment)payment!).ChannelId, default))!.Signature.ToArray());
    }

    private async Task<string?> ReasonAsync(string name, string? signature, VerificationOptions? options = null, IChains? chains = null)
    {
        var scheme = Scheme(name, options ?? WalletWorld.Options, chains ?? _world.Chains);
        var outcome = scheme.Read(Call(name, signature), out var payment);
        outcome = outcome.IsAccepted ? await scheme.CheckSignatureAsync(payment!, default) : outcome;
        return outcome.IsAccepted ? null : outcome.Reason.Text;
    }

    private IPaymentScheme Scheme(string name, VerificationOptions options, IChains chains) => name switch
    {
        "permit" => new ExactPermit2Scheme(new ExactPermit2Options { Chains = chains, Verification = options }, _vault.Time),
        "upto" => new UptoScheme(new UptoOptions { Chains = chains, Verification = options, Facilitators = [Address.Parse(Vectors.Other)] }, _vault.Time),
        "vault" => new VaultScheme(new VaultOptions { Vaults = [VaultBench.Deployment], Chains = chains, Verification = options }, _vault.Time),
        "capture" => new AuthCaptureScheme(new AuthCaptureOptions { Chains = chains, Verification = options }, _vault.Time),
        _ => new BatchScheme(new BatchOptions { Book = new MemoryChannelBook(_vault.Time), Chains = chains, Verification = options }, _vault.Time),
    };

    private FacilitatorCall Call(string name, string? signature) => name switch
    {
        "permit" => Permits.Call(upto: false, signature: signature),
        "upto" => Permits.Call(upto: true, signature: signature),
        "vault" => _vault.Call(signature: signature),
        "capture" => Capture(signature),
        _ => Change(name, signature, authorizer: null),
    };

    private FacilitatorCall Capture(string? signature)
    {
        var offer = FacilitatorBench.Offer with
        {
            Scheme = "auth-capture",
            Extra = FacilitatorBench.Json(new JsonObject
            {
                ["name"] = "USDC", ["version"] = "2", ["captureAuthorizer"] = Vectors.Other, ["captureDeadline"] = 1790172800, ["refundDeadline"] = 1790345600,
                ["feeRecipient"] = Address.Zero.ToString(), ["minFeeBps"] = 0, ["maxFeeBps"] = 0,
            }),
        };
        var json = JsonNode.Parse(_vault.Call(signature: signature).Payment.Payload.GetRawText())!.AsObject();
        json["salt"] = Hash32.Zero.ToString();
        return VaultBench.Of(offer, json);
    }

    // A channel whose vouchers its payer signs; the deposit's signature is the one that is changed where there is a deposit.
    private FacilitatorCall Change(string name, string? signature, string? authorizer)
    {
        var config = new ChannelConfig(
            Address.Parse(Vectors.Payer), authorizer is null ? Address.Zero : Address.Parse(authorizer), Vectors.SellerAddress, Address.Parse(Vectors.Other),
            Address.Parse(Golden.Usdc), 900, Hash32.Zero);
        var id = BatchHasher.ChannelId(NetworkId.BaseSepolia, config);
        var voucher = VaultBench.Sign(BatchHasher.Voucher(NetworkId.BaseSepolia, id, 1000), _vault.Payer);
        var json = new JsonObject
        {
            ["type"] = name,
            ["channelConfig"] = new JsonObject
            {
                ["payer"] = config.Payer.ToString(), ["payerAuthorizer"] = config.PayerAuthorizer.ToString(), ["receiver"] = config.Receiver.ToString(),
                ["receiverAuthorizer"] = config.ReceiverAuthorizer.ToString(), ["token"] = config.Token.ToString(), ["withdrawDelay"] = 900, ["salt"] = config.Salt.ToString(),
            },
            ["voucher"] = new JsonObject { ["channelId"] = id.ToString(), ["maxClaimableAmount"] = "1000", ["signature"] = name == "voucher" ? signature ?? voucher : voucher },
        };
        if (name == "deposit")
        {
            var terms = new Betar.X402.Eip712.TransferTerms(
                config.Payer, BatchContracts.Eip3009Collector, 5000, 0, (ulong)VaultBench.End, BatchHasher.DepositNonce(id, 7));
            json["deposit"] = new JsonObject
            {
                ["amount"] = "5000",
                ["authorization"] = new JsonObject
                {
                    ["erc3009Authorization"] = new JsonObject
                    {
                        ["validAfter"] = "0", ["validBefore"] = $"{VaultBench.End}", ["salt"] = "7",
                        ["signature"] = signature ?? VaultBench.Sign(ReceiveAuthorization.Data(Betar.X402.Networks.PaymentAsset.BaseSepoliaUsdc.Domain, terms), _vault.Payer),
                    },
                },
            };
        }

        return VaultBench.Of(FacilitatorBench.Offer with
        {
            Scheme = "batch-settlement", Amount = "1000",
            Extra = FacilitatorBench.Json(new JsonObject { ["name"] = "USDC", ["version"] = "2", ["receiverAuthorizer"] = Vectors.Other, ["withdrawDelay"] = 900 }),
        }, json);
    }
}
