using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

/// <summary>Each refusal of the token: the simulation tells the reason, the transaction is included with status 0, and nothing moved.</summary>
public sealed class RevertReasonsTests
{
    static readonly UInt256 _order = UInt256.ReadBigEndian(Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"));

    static async Task RevertsAsync(TestChain chain, ReadOnlyMemory<byte> data, string reason)
    {
        var (code, message) = await chain.ErrorAsync("eth_call", TestChain.CallParameters(data.ToArray()));
        Assert.Equal(3, code);
        Assert.Equal(reason.Length == 0 ? "execution reverted" : $"execution reverted: {reason}", message);
        Assert.Equal((code, message), await chain.ErrorAsync("eth_estimateGas", TestChain.CallParameters(data.ToArray())));

        var payer = await chain.BalanceAsync(TestKeys.PayerAddress);
        var nonce = await chain.NonceAsync();
        var receipt = (await chain.SendSyncAsync(chain.Transaction(data)))["result"]!;
        Assert.Equal("0x0", receipt["status"]!.GetValue<string>());
        Assert.Empty(receipt["logs"]!.AsArray());
        Assert.Equal(nonce + 1, await chain.NonceAsync());
        Assert.Equal(payer, await chain.BalanceAsync(TestKeys.PayerAddress));
    }

    static async Task<TestChain> FundedAsync()
    {
        var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 10_000);
        return chain;
    }

    static byte[] Encode(SignedTransferAuthorization authorization) => Eip3009Token.EncodeTransferWithAuthorization(authorization);

    [Fact]
    public async Task A_used_authorisation()
    {
        await using var chain = await FundedAsync();
        var authorization = TokenSigner.Transfer("a");
        await chain.SettleAsync(authorization);
        await RevertsAsync(chain, Encode(authorization), "FiatTokenV2: authorization is used or canceled");

        // Another signature and other terms under the same nonce: still used.
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", value: 7)), "FiatTokenV2: authorization is used or canceled");
        Assert.Equal((UInt256)1000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task A_cancelled_authorisation()
    {
        await using var chain = await FundedAsync();
        var cancel = Eip3009Token.EncodeCancelAuthorization(
            TestKeys.PayerAddress, TestKeys.NonceOf("a"), TokenSigner.SignCancel(TestKeys.Payer, TestKeys.PayerAddress, "a"));
        var receipt = (await chain.SendSyncAsync(chain.Transaction(cancel)))["result"]!;
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        Assert.Equal(
            "0x1cdd46ff242716cdaa72d159d339a485b3438398348d68f09d7c8c0a59353d81",
            Assert.Single(receipt["logs"]!.AsArray())!["topics"]![0]!.GetValue<string>());
        Assert.True(await chain.IsUsedAsync("a"));
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a")), "FiatTokenV2: authorization is used or canceled");
        await RevertsAsync(chain, cancel, "FiatTokenV2: authorization is used or canceled");
    }

    [Fact]
    public async Task The_same_nonce_of_another_payer_is_another_authorisation()
    {
        await using var chain = await FundedAsync();
        await chain.FundAsync(TestKeys.SellerAddress, 1000);
        await chain.SettleAsync(TokenSigner.Transfer("a"));
        var receipt = await chain.SettleAsync(TokenSigner.Transfer(
            "a", signer: TestKeys.Seller, from: TestKeys.SellerAddress, to: TestKeys.PayerAddress));
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_window_is_strict_on_both_ends()
    {
        await using var chain = await FundedAsync();
        var now = chain.Time.Seconds;
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", validAfter: now)), "FiatTokenV2: authorization is not yet valid");
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", validAfter: now + 1)), "FiatTokenV2: authorization is not yet valid");
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", validBefore: now)), "FiatTokenV2: authorization is expired");
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", validBefore: now - 1)), "FiatTokenV2: authorization is expired");
        Assert.False(await chain.IsUsedAsync("a"));
        var receipt = await chain.SettleAsync(TokenSigner.Transfer("a", validAfter: now - 1, validBefore: now + 1));
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Time_that_passes_opens_and_closes_the_window()
    {
        await using var chain = await FundedAsync();
        var start = chain.Time.Seconds;
        var authorization = TokenSigner.Transfer("a", validAfter: start + 10, validBefore: start + 20);
        await RevertsAsync(chain, Encode(authorization), "FiatTokenV2: authorization is not yet valid");
        chain.Time.Advance(TimeSpan.FromSeconds(20));
        await RevertsAsync(chain, Encode(authorization), "FiatTokenV2: authorization is expired");

        // The clock is set back: blocks do not follow.
        chain.Time.Advance(TimeSpan.FromSeconds(-5));
        await RevertsAsync(chain, Encode(authorization), "FiatTokenV2: authorization is expired");
    }

    [Fact]
    public async Task Somebody_elses_signature()
    {
        await using var chain = await FundedAsync();
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", signer: TestKeys.Seller)), "FiatTokenV2: invalid signature");
    }

    public static TheoryData<string> Terms => ["from", "to", "value", "validAfter", "validBefore", "nonce"];

    [Theory]
    [MemberData(nameof(Terms))]
    public async Task A_signature_over_other_terms(string term)
    {
        await using var chain = await FundedAsync();
        await chain.FundAsync(TestKeys.SellerAddress, 10_000);
        var good = TokenSigner.Transfer("a");
        var changed = term switch
        {
            "from" => good with { From = TestKeys.SellerAddress },
            "to" => good with { To = TestKeys.SenderAddress },
            "value" => good with { Value = 1001 },
            "validAfter" => good with { ValidAfter = 1 },
            "validBefore" => good with { ValidBefore = 4_000_000_001 },
            _ => good with { Nonce = TestKeys.NonceOf("b") },
        };
        await RevertsAsync(chain, Encode(changed), "FiatTokenV2: invalid signature");
    }

    [Fact]
    public async Task A_signature_for_another_chain()
    {
        await using var chain = await FundedAsync();
        // x402 vector: signed for eip155:8453.
        var authorization = new SignedTransferAuthorization(
            TestKeys.PayerAddress, TestKeys.SellerAddress, 5000, 0, 1893456000, TestKeys.NonceOf("nonce-0001"),
            Convert.FromHexString("7fd13848b3c4b558359be743f60c5ff8ac56a7a7cec0010b313a0de2a28a41a662bf29efc23e6bdeba07ac064225d9e2174d47151235afd0e0e7f8aeb5de768a1b"));
        await RevertsAsync(chain, Encode(authorization), "FiatTokenV2: invalid signature");
    }

    [Fact]
    public async Task A_high_s_twin()
    {
        await using var chain = await FundedAsync();
        var good = TokenSigner.Transfer("a");
        var twin = good.Signature.ToArray();
        (_order - UInt256.ReadBigEndian(twin.AsSpan(32, 32))).WriteBigEndian(twin.AsSpan(32, 32));
        twin[64] = (byte)(55 - twin[64]);
        await RevertsAsync(chain, Encode(good with { Signature = twin }), "ECRecover: invalid signature 's' value");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(29)]
    [InlineData(255)]
    public async Task Another_v_than_27_or_28(byte v)
    {
        await using var chain = await FundedAsync();
        var good = TokenSigner.Transfer("a");
        await RevertsAsync(chain, Encode(good with { Signature = [.. good.Signature.AsSpan(0, 64), v] }), "ECRecover: invalid signature 'v' value");
    }

    [Fact]
    public async Task A_signature_of_zeros()
    {
        await using var chain = await FundedAsync();
        var zeros = new byte[65];
        zeros[64] = 27;
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a") with { Signature = zeros }), "ECRecover: invalid signature");
    }

    [Fact]
    public async Task The_overload_with_bytes_works_and_needs_65_of_them()
    {
        await using var chain = await FundedAsync();
        var good = TokenSigner.Transfer("a");
        await RevertsAsync(
            chain,
            Eip3009Token.EncodeTransferWithAuthorizationBytes(good with { Signature = good.Signature[..64] }),
            "ECRecover: invalid signature length");
        var receipt = (await chain.SendSyncAsync(chain.Transaction(Eip3009Token.EncodeTransferWithAuthorizationBytes(good))))["result"]!;
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task More_than_the_balance()
    {
        await using var chain = await FundedAsync();
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", value: 10_001)), "ERC20: transfer amount exceeds balance");
        Assert.False(await chain.IsUsedAsync("a"));
        Assert.Equal("0x1", (await chain.SettleAsync(TokenSigner.Transfer("a", value: 10_000)))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task To_the_zero_address()
    {
        await using var chain = await FundedAsync();
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", to: Address.Zero)), "ERC20: transfer to the zero address");
    }

    [Fact]
    public async Task A_cancellation_by_somebody_else()
    {
        await using var chain = await FundedAsync();
        var forged = TokenSigner.SignCancel(TestKeys.Seller, TestKeys.PayerAddress, "a");
        await RevertsAsync(
            chain,
            Eip3009Token.EncodeCancelAuthorization(TestKeys.PayerAddress, TestKeys.NonceOf("a"), forged),
            "FiatTokenV2: invalid signature");
        Assert.False(await chain.IsUsedAsync("a"));
    }

    [Fact]
    public async Task A_plain_transfer_moves_the_senders_own_money_only()
    {
        await using var chain = await FundedAsync();
        await RevertsAsync(chain, Eip3009Token.EncodeTransfer(TestKeys.SellerAddress, 1), "ERC20: transfer amount exceeds balance");
        await chain.FundAsync(TestKeys.SenderAddress, 10);
        await RevertsAsync(chain, Eip3009Token.EncodeTransfer(Address.Zero, 1), "ERC20: transfer to the zero address");
        var receipt = (await chain.SendSyncAsync(chain.Transaction(Eip3009Token.EncodeTransfer(TestKeys.SellerAddress, 4))))["result"]!;
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        Assert.Equal((UInt256)6UL, await chain.BalanceAsync(TestKeys.SenderAddress));
        Assert.Equal((UInt256)4UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task A_balance_has_an_upper_end()
    {
        await using var chain = await FundedAsync();
        var top = UInt256.Parse("57896044618658097711785492504343953926634992332820282019728792003956564819967");
        await chain.ResultAsync("devnet_fund", $"[\"{TestKeys.SellerAddress}\",\"{top - 999}\"]");
        await RevertsAsync(chain, Encode(TokenSigner.Transfer("a", value: 1000)), "FiatTokenV2_2: Balance exceeds (2^255 - 1)");
        Assert.Equal("0x1", (await chain.SettleAsync(TokenSigner.Transfer("a", value: 999)))["status"]!.GetValue<string>());
        Assert.Equal(top, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Theory]
    [InlineData("")]
    [InlineData("e3ee16")]
    [InlineData("12345678")]
    [InlineData("e3ee160e")]
    [InlineData("70a08231")]
    [InlineData("70a08231ff00000000000000000000000000000000000000000000000000000000000000")]
    public async Task Calls_that_the_token_does_not_know_revert_without_a_reason(string data)
    {
        await using var chain = await FundedAsync();
        await RevertsAsync(chain, Convert.FromHexString(data), "");
    }

    [Fact]
    public void The_domain_of_the_reference_has_the_separator_of_the_reference()
    {
        Assert.Equal("0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818", TokenSigner.Domain.Separator.ToString());
        Assert.Equal(
            "0x1623e46c385f5fa772bbfcc6e467f4dcabc9ff8d3fa535d71a354f984859ada3",
            new TokenDomain("USDC", "2", 31337, TestKeys.Usdc).Separator.ToString());
    }

    [Fact]
    public async Task The_signature_of_the_reference_settles()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 50000);
        var authorization = new SignedTransferAuthorization(
            TestKeys.PayerAddress, TestKeys.SellerAddress, 50000, 0, 1893456000, TestKeys.NonceOf("nonce-0001"),
            Convert.FromHexString("19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766a542529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c1c"));
        JsonNode receipt = await chain.SettleAsync(authorization);
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
    }
}
