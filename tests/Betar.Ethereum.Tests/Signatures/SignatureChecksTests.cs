using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Signatures;

/// <summary>What is decided without a wallet's word, and what every kind of answer means.</summary>
public sealed class SignatureChecksTests
{
    static readonly Hash32 _digest = TestKeys.NonceOf("a digest");
    static readonly SignatureCheckOptions _contracts = new() { AllowContractWallets = true };
    static readonly byte[] _magic = [0x16, 0x26, 0xba, 0x7e, .. new byte[28]];

    readonly ModelChain _chain = new();

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public async Task A_keys_signature_is_taken_without_asking_the_chain(int offset)
    {
        var signature = Sign();
        signature[64] = (byte)(signature[64] - 27 + offset);

        Assert.True((await new SignatureChecks(_chain).IsValidAsync(TestKeys.PayerAddress, _digest, signature, default)).IsValid);
        Assert.Empty(_chain.Asked);
    }

    [Fact]
    public async Task Anothers_signature_or_one_over_something_else_is_invalid()
    {
        Assert.Equal("signature_invalid", (await CheckAsync(TestKeys.SellerAddress, Sign())).Code);
        Assert.Equal("signature_invalid", (await new SignatureChecks(_chain).IsValidAsync(TestKeys.PayerAddress, Hash32.Zero, Sign(), default)).Code);
    }

    [Fact]
    public async Task The_twin_with_the_high_s_is_refused()
    {
        var signature = Sign();
        var order = UInt256.ReadBigEndian(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));
        (order - UInt256.ReadBigEndian(signature.AsSpan(32, 32))).WriteBigEndian(signature.AsSpan(32, 32));
        signature[64] = (byte)(55 - signature[64]);

        Assert.Equal("signature_malformed", (await CheckAsync(TestKeys.PayerAddress, signature)).Code);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(26)]
    [InlineData(29)]
    [InlineData(255)]
    public async Task Another_v_is_refused(byte v)
    {
        var signature = Sign();
        signature[64] = v;

        Assert.Equal("signature_malformed", (await CheckAsync(TestKeys.PayerAddress, signature)).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(66)]
    public async Task Another_length_is_a_contracts_and_not_allowed_by_default(int length)
    {
        Assert.Equal("signature_of_contract_not_allowed", (await CheckAsync(TestKeys.PayerAddress, new byte[length])).Code);
        Assert.Equal("signature_invalid", (await new SignatureChecks(_chain, _contracts).IsValidAsync(TestKeys.PayerAddress, _digest, new byte[length], default)).Code);
    }

    [Fact]
    public async Task There_is_an_end_to_its_length()
    {
        Assert.Equal("signature_malformed", (await CheckAsync(TestKeys.PayerAddress, new byte[4_097])).Code);
        Assert.Equal("signature_of_contract_not_allowed", (await CheckAsync(TestKeys.PayerAddress, new byte[4_096])).Code);
    }

    public static TheoryData<byte[], bool> Answers => new()
    {
        { _magic, true },
        { [.. _magic, 1], true },
        { [0x16, 0x26, 0xba, 0x7e], false },
        { [.. _magic[..31], 1], false },
        { [0xff, 0xff, 0xff, 0xff, .. new byte[28]], false },
        { new byte[32], false },
        { [], false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_wallets_answer_is_the_word_of_the_standard_or_a_no(byte[] answer, bool valid)
    {
        _chain.Code[TestKeys.SellerAddress] = [1];
        CallRequest? asked = null;
        _chain.Call = call =>
        {
            asked = call;
            return RpcOutcome.Value(answer);
        };
        var verdict = await new SignatureChecks(_chain, _contracts).IsValidAsync(TestKeys.SellerAddress, _digest, new byte[] { 7 }, default);

        Assert.Equal(valid, verdict.IsValid);
        Assert.Equal(TestKeys.SellerAddress, asked!.To);
        Assert.Equal(
            $"1626ba7e{_digest.ToString()[2..]}{"40".PadLeft(64, '0')}{"1".PadLeft(64, '0')}07{new string('0', 62)}", Convert.ToHexStringLower(asked.Data.Span));
    }

    [Fact]
    public async Task A_wallet_that_reverts_says_no_and_a_node_that_fails_says_nothing()
    {
        var checks = new SignatureChecks(_chain, _contracts);
        _chain.Code[TestKeys.SellerAddress] = [1];
        _chain.Faults["eth_call"] = new RpcError(3, "execution reverted", default);
        Assert.Equal("signature_invalid", (await checks.IsValidAsync(TestKeys.SellerAddress, _digest, Sign(), default)).Code);
        _chain.Faults["eth_call"] = new RpcError(-32005, "limit exceeded", default);
        Assert.Equal("signature_chain_unavailable", (await checks.IsValidAsync(TestKeys.SellerAddress, _digest, Sign(), default)).Code);
        _chain.Silent.Add("eth_getCode");
        Assert.Equal("signature_chain_unavailable", (await checks.IsValidAsync(TestKeys.SellerAddress, _digest, Sign(), default)).Code);
    }

    [Fact]
    public async Task A_wrapping_is_refused_unless_it_is_allowed_readable_and_of_a_known_factory()
    {
        var wrapped = new WrappedSignature(TestKeys.Usdc, [1], [2]).Encode();
        Assert.Equal("signature_of_contract_not_allowed", (await CheckAsync(TestKeys.PayerAddress, wrapped)).Code);
        Assert.Equal("signature_of_contract_not_allowed", (await new SignatureChecks(_chain, _contracts).IsValidAsync(TestKeys.PayerAddress, _digest, wrapped, default)).Code);

        var checks = Undeployed(TestKeys.SellerAddress);
        Assert.Equal("eip6492_factory_not_allowed", (await checks.IsValidAsync(TestKeys.PayerAddress, _digest, wrapped, default)).Code);
        Assert.Equal("signature_malformed", (await checks.IsValidAsync(TestKeys.PayerAddress, _digest, wrapped.AsMemory(wrapped.Length - 64), default)).Code);
        Assert.Empty(_chain.Asked);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", true)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000002", false)]
    [InlineData("01", false)]
    [InlineData("", false)]
    public async Task The_probe_says_one_or_no(string answer, bool valid)
    {
        var asked = new List<CallRequest>();
        _chain.Call = call =>
        {
            asked.Add(call);
            return RpcOutcome.Value(Convert.FromHexString(answer));
        };
        var wrapped = new WrappedSignature(TestKeys.Usdc, [1], [2]);

        Assert.Equal(valid, (await Undeployed(TestKeys.Usdc).IsValidAsync(TestKeys.PayerAddress, _digest, wrapped.Encode(), default)).IsValid);
        Assert.True(Assert.Single(asked).Creates);
        Assert.DoesNotContain("\"to\"", System.Text.Encoding.UTF8.GetString(RpcParameters.Call(asked[0]).Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_wrapping_is_read_or_not_and_never_throws()
    {
        var good = new WrappedSignature(TestKeys.Usdc, new byte[40], new byte[66]).Encode();
        Fuzz.Mutate(good[..^32], 5_000, TestSeed.Value, bytes => WrappedSignature.TryRead([.. bytes, .. good[^32..]]));
    }

    [Fact]
    public void Options_that_do_not_go_together_are_named()
    {
        Assert.Empty(new SignatureCheckOptions().Validate());
        Assert.Equal((false, false, 4_096), (new SignatureCheckOptions().AllowContractWallets, new SignatureCheckOptions().AllowUndeployedWallets, new SignatureCheckOptions().MaxSignatureBytes));
        Assert.Equal(2, new SignatureCheckOptions { AllowUndeployedWallets = true }.Validate().Count);
        Assert.Single(new SignatureCheckOptions { AllowContractWallets = true, AllowUndeployedWallets = true }.Validate());
        Assert.Single(new SignatureCheckOptions { MaxSignatureBytes = 64 }.Validate());
        Assert.Single(new SignatureCheckOptions { MaxSignatureBytes = 65_537 }.Validate());
        Assert.Throws<ArgumentException>(() => new SignatureChecks(_chain, new SignatureCheckOptions { MaxSignatureBytes = 0 }));
    }

    Task<SignatureVerdict> CheckAsync(Address signer, byte[] signature) => new SignatureChecks(_chain).IsValidAsync(signer, _digest, signature, default);

    SignatureChecks Undeployed(Address factory) =>
        new(_chain, new SignatureCheckOptions { AllowContractWallets = true, AllowUndeployedWallets = true, AllowedFactories = [factory] });

    static byte[] Sign()
    {
        var signature = new byte[65];
        TestKeys.Payer.Sign(_digest.ToArray(), signature);
        signature[64] += 27;
        return signature;
    }
}
