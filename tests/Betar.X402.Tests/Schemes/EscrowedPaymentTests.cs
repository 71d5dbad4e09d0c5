using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>The steps after a payment came into an escrow whose interface is published, by what viem makes of that interface.</summary>
public sealed class EscrowedPaymentTests
{
    private static readonly NetworkId Network = NetworkId.BaseSepolia;
    private static readonly Address Operator = Address.Parse(Vectors.Other);
    private static readonly Address Escrow = AuthCaptureDeployment.V10.Escrow;
    private static readonly Nonce Attempt = Nonce.Parse(Vectors.Nonce);

    private static readonly PaymentInfo Info = new(
        Operator, Address.Parse(Vectors.Payer), Vectors.SellerAddress, Address.Parse(Golden.Usdc), 50000, 1790000300, 1790172800, 1790345600, 0, 100, Operator, 9);

    private static EscrowedPayment Payment => EscrowedPayment.Of(Network, AuthCaptureDeployment.V10, Info)!;

    private readonly Dictionary<string, SettlementRequest> _steps = new()
    {
        ["capture"] = Payment.Capture(30000, 50, Operator, Attempt),
        ["void"] = Payment.Void(Attempt),
        ["reclaim"] = Payment.Reclaim(Attempt),
        ["refund"] = Payment.Refund(20000, Attempt),
    };

    [Fact]
    public void Only_of_an_escrow_whose_steps_are_published() => Assert.Null(EscrowedPayment.Of(Network, AuthCaptureDeployment.V11, Info));

    [Fact]
    public void What_is_signed()
    {
        Assert.Equal("0x3b11a129ca12feb820a2432cee9cb7c67827fee7a79c3832a2762ae5af96068d", Payment.Id.ToString());
        Assert.Equal("0x7aca0979a3e39d1fd98540b3114486e3fb50a2ab869c301a751046201f1ed461", AuthCaptureHasher.Void(Network, Operator, Payment.Id).Digest.ToString());
        Assert.Equal(
            "0xac4729a4746556769daa17412159421652e9612d311eb5cb19c76cbd724ae8b3",
            AuthCaptureHasher.Refund(Network, Operator, Payment.Id, 20000, AuthCaptureDeployment.V10.RefundCollector!.Value, 0, 30000).Digest.ToString());
    }

    [Theory]
    [InlineData("capture", "0x54503ee2c65b671ac86da4dde34724b99680f546c90aaa6d20d1befb68e115fe", "0xe749f7bbd01b49bb05abf26ca492cb4dfdea6bedeada8a40fdccd478c73a74e2")]
    [InlineData("void", "0x66a5a60471f95436f2ddf114b7be39561d15907d7251c861384e36d733b76912", "0xcadce8c3acb008e3e1c64ca7f60d22a3c87069183182b7dbb9e4d8cfb3a15842")]
    [InlineData("reclaim", "0x1a262fe2bff0f95ba7c966c2f9f6300aaf8f12b79dac556411eca88a5f39a15b", "0x78e1d723d17e13b7f40eeab9bf6dd9148a630bafde4203ab7bb5fca983516d17")]
    [InlineData("refund", "0x5162f8e7c683105251aa7aaf0c4e9a371caaafc333ed9a27b1b619e248d9b349", "0x1bf415371b303ca6b8bbb4ce479b177cba5ad15dbe0c9a7750a588aa6bcd25b2")]
    public void What_is_called_and_what_proves_it(string step, string callData, string topic)
    {
        var request = _steps[step];
        Assert.Equal((Escrow, callData, 250_000UL), (request.Call.To, new Hash32(Keccak256.Hash(request.Call.Data.Span)).ToString(), request.Call.GasLimit));
        Assert.Equal(new ExpectedEvent(Escrow, Hash32.Parse(topic), Payment.Id), request.Event);
        Assert.Equal((null, ulong.MaxValue), (request.Transfer, request.ValidBefore));
        Assert.Equal(new PaymentKey(Network, Escrow, Info.Payer, Attempt), request.Key);
    }

    [Fact]
    public async Task How_it_stands_is_read_or_not_known()
    {
        var chain = new FakeChain();
        var selector = FacilitatorBench.Selector("paymentState(bytes32)");
        chain.Answers[selector] = RpcOutcome.Value(AbiEncoder.Encode(
            [AbiType.Parse("bool"), AbiType.Parse("uint120"), AbiType.Parse("uint120")], true, (UInt256)30000UL, (UInt256)20000UL));
        Assert.Equal(new EscrowStanding(true, 30000, 20000), (await Payment.ReadAsync(chain, default)).Value);
        Assert.Equal((Escrow, 36), (chain.Calls[0].To, chain.Calls[0].Data.Length));

        chain.Answers[selector] = RpcOutcome.Value(Array.Empty<byte>());
        Assert.Equal(RpcStatus.InvalidResponse, (await Payment.ReadAsync(chain, default)).Status);
        chain.Answers[selector] = RpcOutcome.TimedOut<byte[]>();
        Assert.Equal(RpcStatus.TimedOut, (await Payment.ReadAsync(chain, default)).Status);
    }
}
