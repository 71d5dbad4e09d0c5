using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Tokens;

public sealed class Eip3009TokenEncodingTests
{
    const string Signature =
        "19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766a542529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c1c";

    const string Terms =
        "00000000000000000000000040d6b846c1a945d2dfde794666f3b948faf126b1"
        + "0000000000000000000000002ed99c696a0992747886c1a29bd81e4d055c2a57"
        + "000000000000000000000000000000000000000000000000000000000000c350"
        + "0000000000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000070dbd880"
        + "c5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2";

    static readonly SignedTransferAuthorization _authorization = new(
        TestKeys.PayerAddress, TestKeys.SellerAddress, 50000, 0, 1893456000, TestKeys.NonceOf("nonce-0001"), Convert.FromHexString(Signature));

    [Fact]
    public void The_settlement_of_the_reference_vector_byte_for_byte()
    {
        const string Expected = "e3ee160e" + Terms
            + "000000000000000000000000000000000000000000000000000000000000001c"
            + "19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766a"
            + "542529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c";
        Assert.Equal(Expected, Convert.ToHexStringLower(Eip3009Token.EncodeTransferWithAuthorization(_authorization)));
        var call = TestChain.Token.Settle(_authorization);
        Assert.Equal(Expected, Convert.ToHexStringLower(call.Data.Span));
        Assert.Equal(TestKeys.Usdc, call.To);
    }

    [Fact]
    public void The_overload_with_bytes_as_another_library_writes_it()
    {
        // Made with viem 2.56.8.
        const string Expected = "cf092995" + Terms
            + "00000000000000000000000000000000000000000000000000000000000000e0"
            + "0000000000000000000000000000000000000000000000000000000000000041"
            + Signature + "00000000000000000000000000000000000000000000000000000000000000";
        Assert.Equal(Expected, Convert.ToHexStringLower(Eip3009Token.EncodeTransferWithAuthorizationBytes(_authorization)));
    }

    [Fact]
    public void A_signature_of_a_contract_wallet_takes_the_overload_with_bytes()
    {
        var call = TestChain.Token.Settle(_authorization with { Signature = new byte[100] });
        Assert.StartsWith("cf092995", Convert.ToHexStringLower(call.Data.Span));
        Assert.Throws<ArgumentException>(() => Eip3009Token.EncodeTransferWithAuthorization(_authorization with { Signature = new byte[64] }));
    }

    [Fact]
    public void Cancellation_and_reads_as_another_library_writes_them()
    {
        const string Nonce = "c5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2";
        const string Payer = "00000000000000000000000040d6b846c1a945d2dfde794666f3b948faf126b1";
        Assert.Equal(
            "5a049a70" + Payer + Nonce + "000000000000000000000000000000000000000000000000000000000000001c" + Signature[..128],
            Convert.ToHexStringLower(Eip3009Token.EncodeCancelAuthorization(TestKeys.PayerAddress, TestKeys.NonceOf("nonce-0001"), Convert.FromHexString(Signature))));
        Assert.Equal(
            "e94a0102" + Payer + Nonce,
            Convert.ToHexStringLower(Eip3009Token.EncodeAuthorizationState(TestKeys.PayerAddress, TestKeys.NonceOf("nonce-0001"))));
        Assert.Equal("70a08231" + Payer, Convert.ToHexStringLower(Eip3009Token.EncodeBalanceOf(TestKeys.PayerAddress)));
        Assert.Equal(
            "a9059cbb" + Payer + "000000000000000000000000000000000000000000000000000000000000c350",
            Convert.ToHexStringLower(Eip3009Token.EncodeTransfer(TestKeys.PayerAddress, 50000)));
        Assert.Throws<ArgumentException>(() => Eip3009Token.EncodeCancelAuthorization(TestKeys.PayerAddress, Hash32.Zero, new byte[64]));
    }

    [Fact]
    public void An_authorisation_prints_no_signature() =>
        Assert.DoesNotContain("19db561f", _authorization.ToString(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_call_becomes_a_transaction_once_nonce_and_fees_are_known()
    {
        var transaction = TestChain.Token.Settle(_authorization).ToTransaction(84532, 9, 100, 7);
        Assert.Equal((84532UL, 9UL, (UInt256)100UL, (UInt256)7UL), (transaction.ChainId, transaction.Nonce, transaction.MaxFeePerGas, transaction.MaxPriorityFeePerGas));
        Assert.Equal(TestKeys.Usdc, transaction.To);
        Assert.Equal(Eip3009Token.TransferGasLimit, transaction.GasLimit);
    }
}
