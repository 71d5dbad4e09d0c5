using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>Payers that are contracts: refused unless they are wanted, and then asked, for a while.</summary>
public sealed class WalletSignatureTests : IDisposable
{
    private const string IsValid = "1626ba7e";
    private static readonly string Wallets = "0x01" + Vectors.Signature[2..];
    private static readonly Address Factory = Address.Parse(Vectors.Other);
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Without_the_option_a_wallets_signature_has_its_stable_reason_and_no_chain_is_asked()
    {
        await _bench.AssertRefusedAsync("invalid_exact_evm_signature", Call(Wallets), "betar_signature_malformed");
        await _bench.AssertRefusedAsync("eip6492_factory_not_allowed", Call(Wrapped()));
        Assert.Empty(_bench.Chain.Calls);
    }

    [Fact]
    public async Task With_it_the_wallet_decides()
    {
        _bench.Chain.Answers["cf092995"] = RpcOutcome.Value(Array.Empty<byte>());
        _bench.Chain.Answers[IsValid] = Magic(0x1626ba7e);
        Assert.Null(await ReasonAsync(Call(Wallets)));
        Assert.Contains(_bench.Chain.Calls, call => call.To == Address.Parse(Vectors.Payer));

        _bench.Chain.Answers[IsValid] = Magic(0xffffffff);
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Wallets)));
        _bench.Chain.Answers[IsValid] = FacilitatorBench.Revert;
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Wallets)));
        _bench.Chain.Answers[IsValid] = RpcOutcome.TimedOut<byte[]>();
        Assert.Equal("unexpected_verify_error", await ReasonAsync(Call(Wallets)));
    }

    [Theory]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(66)]
    [InlineData(130)]
    public async Task What_a_wallet_signs_has_no_parts_that_a_key_would_have(int bytes)
    {
        _bench.Chain.Answers["cf092995"] = RpcOutcome.Value(Array.Empty<byte>());
        _bench.Chain.Answers[IsValid] = Magic(0x1626ba7e);
        Assert.Null(await ReasonAsync(Call("0x" + new string('f', 2 * bytes))));
    }

    [Fact]
    public async Task An_account_with_code_is_not_judged_by_a_key_as_well()
    {
        _bench.Chain.Answers[IsValid] = Magic(0xffffffff);
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Vectors.Signature)));
    }

    [Fact]
    public async Task An_account_without_code_is_judged_by_its_key()
    {
        _bench.Chain.CodeOf = account => account == Address.Parse(Vectors.Payer) ? [] : [0x60];
        Assert.Null(await ReasonAsync(Call(Vectors.Signature)));
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Wallets)));
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Vectors.SignatureOnBase)));
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Vectors.HighS)));
    }

    [Fact]
    public async Task A_chain_that_says_nothing_is_not_waited_for_any_longer()
    {
        _bench.Chain.IsSilent = true;
        var asked = Facilitator(Options()).VerifyAsync(Call(Wallets), default);
        Assert.False(asked.IsCompleted);

        _bench.Time.Advance(TimeSpan.FromSeconds(3));

        var answer = await asked.Soon();
        Assert.Equal(("unexpected_verify_error", "betar_chain_unreachable"), (answer.InvalidReason, answer.InvalidMessage));
    }

    [Fact]
    public async Task Without_a_chain_nothing_is_known() => Assert.Equal("unexpected_verify_error", await ReasonAsync(Call(Wallets), withChain: false));

    [Fact]
    public async Task A_wallet_that_is_yet_to_be_created_only_of_factories_that_are_allowed()
    {
        Assert.Equal("eip6492_factory_not_allowed", await ReasonAsync(Call(Wrapped())));
        Assert.Equal("eip6492_factory_not_allowed", await ReasonAsync(Call(Wrapped()), Options(Vectors.SellerAddress)));
        _bench.Chain.Answers["cf092995"] = RpcOutcome.Value(Array.Empty<byte>());
        _bench.Chain.Creation = FacilitatorBench.Word(UInt256.One);
        Assert.Null(await ReasonAsync(Call(Wrapped()), Options(Factory)));
        Assert.Equal((4 + (9 * 32) + (2 * 32)), _bench.Chain.Calls[^1].Data.Length);
        _bench.Chain.Creation = FacilitatorBench.Word(UInt256.Zero);
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(Wrapped()), Options(Factory)));
    }

    [Fact]
    public async Task A_wrapping_that_cannot_be_read_is_no_signature_at_all()
    {
        var answer = await Facilitator(Options(Factory)).VerifyAsync(Call("0x" + new string('1', 128) + string.Concat(Enumerable.Repeat("6492", 16))), default);
        Assert.Equal(("invalid_exact_evm_signature", "betar_signature_malformed"), (answer.InvalidReason, answer.InvalidMessage));
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0x0")]
    [InlineData("0x012")]
    [InlineData("0xzz")]
    [InlineData("0101")]
    public async Task What_is_no_bytes_is_refused(string signature)
    {
        Assert.Equal("invalid_exact_evm_signature", await ReasonAsync(Call(signature)));
        Assert.Empty(_bench.Chain.Calls);
    }

    [Fact]
    public async Task A_signature_is_as_long_as_the_options_say()
    {
        _bench.Chain.Answers["cf092995"] = RpcOutcome.Value(Array.Empty<byte>());
        _bench.Chain.Answers[IsValid] = Magic(0x1626ba7e);
        Assert.Null(await ReasonAsync(Call("0x" + new string('1', 2 * 4096))));
        Assert.Equal("invalid_payload", await ReasonAsync(Call("0x" + new string('1', (2 * 4096) + 2))));
    }

    private async Task<string?> ReasonAsync(FacilitatorCall call, VerificationOptions? options = null, bool withChain = true) =>
        (await Facilitator(options ?? Options(), withChain).VerifyAsync(call, default)).InvalidReason;

    private LocalFacilitator Facilitator(VerificationOptions options, bool withChain = true)
    {
        var chains = withChain ? new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = _bench.Chain }) : Chains.None;
        return new LocalFacilitator(
            [new Eip3009Scheme(new Eip3009Options { Chains = chains, Verification = options }, _bench.Time)],
            _bench.Channel, _bench.Book, new LocalFacilitatorOptions(), _bench.Time);
    }

    private static VerificationOptions Options(Address? factory = null) => new()
    {
        Wallets = new SignatureCheckOptions
        {
            AllowContractWallets = true, AllowUndeployedWallets = factory is not null, AllowedFactories = factory is { } allowed ? [allowed] : [],
        },
    };

    private static FacilitatorCall Call(string signature) => FacilitatorBench.Call(
        new Betar.X402.Protocol.Authorization
        {
            From = Vectors.Payer, To = Vectors.Seller, Value = "50000", ValidAfter = "0", ValidBefore = $"{Vectors.ValidBefore}", Nonce = Vectors.Nonce,
        },
        signature);

    private static string Wrapped()
    {
        byte[] inner = [.. AbiEncoder.Encode([AbiType.Parse("address"), AbiType.Parse("bytes"), AbiType.Parse("bytes")], Factory, new byte[4], new byte[66])];
        return "0x" + Convert.ToHexStringLower(inner) + string.Concat(Enumerable.Repeat("6492", 16));
    }

    private static RpcOutcome<byte[]> Magic(uint value)
    {
        var word = new byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(word, value);
        return RpcOutcome.Value(word);
    }
}
