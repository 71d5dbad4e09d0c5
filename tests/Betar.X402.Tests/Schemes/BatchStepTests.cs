using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>Claims, payments and refunds of channels, by what viem makes of the official package's interface.</summary>
public sealed class BatchStepTests
{
    private static readonly ChannelConfig Config = new(
        Address.Parse(Vectors.Payer), Address.Parse(Vectors.Payer), Vectors.SellerAddress, Address.Parse(Vectors.Other), Address.Parse(Golden.Usdc), 900, Hash32.Zero);

    private static readonly NetworkId Network = NetworkId.BaseSepolia;
    private static readonly byte[] Signature = Convert.FromHexString(Vectors.BatchVoucherSignature[2..]);
    private static readonly BatchClaim Claim = new(Config, 1000, Signature, 700);
    private readonly FakeChain _chain = new();

    [Fact]
    public void What_is_signed_for_claims_and_refunds()
    {
        Assert.Equal(
            "0xb7ff55bdd13d06fdfa33b1272d45a1712afc99658b7ff46cf679d1f4421d12cc",
            BatchHasher.ClaimBatch(Network, [Claim, Claim with { MaxClaimable = 1001, TotalClaimed = 701 }]).Digest.ToString());
        Assert.Equal(
            "0x9a99dbf10d94cb2d37d64c3b4b246bc7f7d16c1c34efff9ec9b6788d6b1423f1",
            BatchHasher.Refund(Network, Hash32.Parse(Vectors.BatchChannel), 3, 250).Digest.ToString());
    }

    [Fact]
    public void What_is_called()
    {
        Assert.Equal("0xd350c2282bc3ec4225e63997ce5e2ec1467226b5e14bda249478c5bb42acd0cb", Hash(BatchSteps.Claim([Claim], Signature)));
        Assert.Equal("0xcb2a655e4ccfaf71ce78d6b42a29361770c4ab25777aceaf4d11a7a8f21c57f6", Hash(BatchSteps.Refund(Network, Config, 250, 3, Signature).Call));
        Assert.Equal("0x5a4dc08fec61a99923582448b623917e38a1c4399158500ba16087655b47f17f", Hash(BatchSteps.Refund(Network, Config, 250, 3, Signature, [Claim], Signature).Call));
        Assert.Equal(
            "0x23b7fbf864ee4e5c3fb6e6978b5803320af2ee33d945b4f77ebef403ff85b7ff",
            Hash(BatchSteps.PayOut(Network, Vectors.SellerAddress, Address.Parse(Golden.Usdc), 700, Nonce.Random()).Call));
    }

    [Fact]
    public void A_claim_is_what_was_charged_and_not_claimed_yet()
    {
        var state = new ChannelState(Hash32.Parse(Vectors.BatchChannel), 5000, 200, 700, 1000, Signature);

        var claim = BatchClaim.Of(Config, state)!;

        Assert.Equal(((AtomicAmount)1000, (AtomicAmount)700), (claim.MaxClaimable, claim.TotalClaimed));
        Assert.Null(BatchClaim.Of(Config, state with { TotalClaimed = 700 }));
        Assert.Null(BatchClaim.Of(Config, state with { SignedMax = 699 }));
        Assert.DoesNotContain(Convert.ToHexStringLower(Signature.AsSpan(0, 8)), claim.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_names_one_channel_at_least_and_no_more_than_fit()
    {
        Assert.Throws<ArgumentException>(() => BatchSteps.Claim([], Signature));
        Assert.Throws<ArgumentException>(() => BatchSteps.Claim([.. Enumerable.Repeat(Claim, BatchSteps.MaxClaims + 1)], Signature));
        Assert.NotNull(BatchSteps.Claim([.. Enumerable.Repeat(Claim, BatchSteps.MaxClaims)], Signature));
        Assert.Throws<ArgumentNullException>(() => BatchSteps.Refund(Network, Config, 250, 3, Signature, [Claim]));
    }

    [Fact]
    public void What_each_step_may_cost()
    {
        Assert.Equal([230_000UL, 390_000UL], new[] { 1, 3 }.Select(count => BatchSteps.Claim([.. Enumerable.Repeat(Claim, count)], Signature).GasLimit));
        Assert.Equal(150_000UL, BatchSteps.Refund(Network, Config, 250, 3, Signature).Call.GasLimit);
        Assert.Equal(150_000UL, BatchSteps.Refund(Network, Config, 250, 3, Signature, []).Call.GasLimit);
        Assert.Equal(380_000UL, BatchSteps.Refund(Network, Config, 250, 3, Signature, [Claim], Signature).Call.GasLimit);
        Assert.Equal(120_000UL, BatchSteps.PayOut(Network, Config.Receiver, Config.Token, 700, Nonce.Random()).Call.GasLimit);
    }

    [Fact]
    public void What_proves_that_a_step_was_made()
    {
        var attempt = Nonce.Random();
        var paid = BatchSteps.PayOut(Network, Config.Receiver, Config.Token, 700, attempt);
        Assert.Equal(new PaymentKey(Network, BatchContracts.Settlement, Config.Receiver, attempt), paid.Key);
        Assert.Equal(new ExpectedTransfer(Config.Token, BatchContracts.Settlement, Config.Receiver, 700), paid.Transfer);
        Assert.Equal(
            new ExpectedEvent(BatchContracts.Settlement, Hash32.Parse("0x7337b4386b690fdb8ba66905b92b9d45d33bc6626ee2620c905fb150ec0cc47d"), Hash32.Parse("0x" + new string('0', 24) + Vectors.Seller[2..])),
            paid.Event);

        var refunded = BatchSteps.Refund(Network, Config, 250, 3, Signature);
        Assert.Equal(new ExpectedTransfer(Config.Token, BatchContracts.Settlement, Config.Payer, 250), refunded.Transfer);
        Assert.Equal((BatchContracts.Settlement, Config.Payer), (refunded.Key.Asset, refunded.Key.From));
        Assert.NotEqual(refunded.Key, BatchSteps.Refund(Network, Config, 250, 4, Signature).Key);
        Assert.Equal(refunded.Key, BatchSteps.Refund(Network, Config, 251, 3, Signature).Key);
        Assert.Equal([ulong.MaxValue, ulong.MaxValue], [paid.ValidBefore, refunded.ValidBefore]);
    }

    [Fact]
    public async Task What_the_chain_says_is_read_or_not_known()
    {
        var reader = new BatchChain(_chain);
        var (channels, receivers) = (FacilitatorBench.Selector("channels(bytes32)"), FacilitatorBench.Selector("receivers(address,address)"));
        _chain.Answers[FacilitatorBench.Selector("refundNonce(bytes32)")] = FacilitatorBench.Word(3);
        _chain.Answers[channels] = Two(5000, 700);
        _chain.Answers[receivers] = Two(700, 200);
        Assert.Equal(new ChannelStanding(5000, 700, 3), (await reader.OfChannelAsync(Hash32.Zero, default)).Value);
        Assert.Equal((AtomicAmount)500, (await reader.DueAsync(Config.Receiver, Config.Token, default)).Value);

        _chain.Answers[receivers] = Two(200, 700);
        Assert.Equal(RpcStatus.InvalidResponse, (await reader.DueAsync(Config.Receiver, Config.Token, default)).Status);
        _chain.Answers[receivers] = RpcOutcome.TimedOut<byte[]>();
        Assert.Equal(RpcStatus.TimedOut, (await reader.DueAsync(Config.Receiver, Config.Token, default)).Status);
        _chain.Answers[channels] = RpcOutcome.Value(Array.Empty<byte>());
        Assert.Equal(RpcStatus.InvalidResponse, (await reader.OfChannelAsync(Hash32.Zero, default)).Status);
    }

    private static RpcOutcome<byte[]> Two(UInt256 first, UInt256 second) =>
        RpcOutcome.Value(AbiEncoder.Encode([AbiType.Parse("uint128"), AbiType.Parse("uint128")], first, second));

    private static string Hash(ContractCall call) => new Hash32(Keccak256.Hash(call.Data.Span)).ToString();
}
