using System.Text;
using Betar.Ethereum;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

public sealed class EthereumChainProbeTests : IDisposable
{
    private const string Transfer = "e3ee160e";
    private const string State = "e94a0102";
    private const string Name = "06fdde03";
    private const string Version = "54fd4d50";
    private const string Balance = "70a08231";

    private readonly PaymentFixture _fixture = new();
    private readonly FakeChain _chain = new();
    private readonly EthereumChainProbe _probe;
    private readonly SignedPayment _payment;

    public EthereumChainProbeTests()
    {
        _probe = new EthereumChainProbe(_chain);
        _fixture.Verifier.CheckSyntaxAndCheapFields(_fixture.Payment(), _fixture.Offer, _fixture.Binding, out var payment);
        _payment = payment!;
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task The_token_is_asked_in_its_own_words()
    {
        _chain.Answers[Transfer] = RpcOutcome.Value(Array.Empty<byte>());
        _chain.Answers[State] = RpcOutcome.Value(Word(1));
        _chain.Answers[Name] = RpcOutcome.Value(Text("USDC"));
        _chain.Answers[Version] = RpcOutcome.Value(Text("2"));
        _chain.Answers[Balance] = RpcOutcome.Value(Word(77));
        Assert.Equal(ProbeAnswer.Of(true), await _probe.HasCodeAsync(_payment, default));
        Assert.Equal(ProbeAnswer.Of(true), await _probe.SimulateAsync(_payment, default));
        Assert.Equal(ProbeAnswer.Of(true), await _probe.IsNonceUsedAsync(_payment, default));
        Assert.Equal(ProbeAnswer.Of("USDC"), await _probe.TokenNameAsync(_payment, default));
        Assert.Equal(ProbeAnswer.Of("2"), await _probe.TokenVersionAsync(_payment, default));
        Assert.Equal(ProbeAnswer.Of((AtomicAmount)77), await _probe.BalanceAsync(_payment, default));
        Assert.All(_chain.Calls, call => Assert.Equal(_fixture.Offer.Asset.Address, call.To));

        var settlement = Eip3009Token.EncodeTransferWithAuthorization(_payment.ToTransferAuthorization());
        Assert.Equal(settlement, _chain.Calls[0].Data.ToArray());
    }

    [Fact]
    public async Task A_token_without_code()
    {
        _chain.Code = [];
        Assert.Equal(ProbeAnswer.Of(false), await _probe.HasCodeAsync(_payment, default));
    }

    [Fact]
    public async Task A_node_that_does_not_answer()
    {
        _chain.Code = null;
        _chain.Answers[Transfer] = RpcOutcome.TimedOut<byte[]>();
        _chain.Answers[State] = RpcOutcome.Unreachable<byte[]>();
        _chain.Answers[Balance] = RpcOutcome.Error<byte[]>(new RpcError(-32005, "rate limited", default));
        Assert.Equal(ProbeStatus.Unreachable, (await _probe.HasCodeAsync(_payment, default)).Status);
        Assert.Equal(ProbeStatus.Unreachable, (await _probe.SimulateAsync(_payment, default)).Status);
        Assert.Equal(ProbeStatus.Unreachable, (await _probe.IsNonceUsedAsync(_payment, default)).Status);
        Assert.Equal(ProbeStatus.Unreachable, (await _probe.BalanceAsync(_payment, default)).Status);
    }

    [Fact]
    public async Task A_call_that_reverts_or_a_function_that_is_not_there()
    {
        _chain.Answers[Transfer] = RpcOutcome.Error<byte[]>(new RpcError(3, "execution reverted", default));
        _chain.Answers[State] = RpcOutcome.Value(Array.Empty<byte>());
        _chain.Answers[Name] = RpcOutcome.Error<byte[]>(new RpcError(-32000, "VM Exception: revert", default));
        Assert.Equal(ProbeStatus.Reverted, (await _probe.SimulateAsync(_payment, default)).Status);
        Assert.Equal(ProbeStatus.Reverted, (await _probe.IsNonceUsedAsync(_payment, default)).Status);
        Assert.Equal(ProbeStatus.Reverted, (await _probe.TokenNameAsync(_payment, default)).Status);
    }

    [Fact]
    public async Task Together_with_the_verifier_a_used_nonce_is_named()
    {
        _chain.Answers[Transfer] = RpcOutcome.Error<byte[]>(new RpcError(3, "execution reverted", default));
        _chain.Answers[State] = RpcOutcome.Value(Word(1));
        Assert.Equal(VerificationReasons.NonceAlreadyUsed, (await new ChainVerifier(_probe).CheckAsync(_payment, default)).Reason);
    }

    [Fact]
    public void What_is_settled_is_what_was_signed()
    {
        var authorization = _payment.ToTransferAuthorization();
        Assert.Equal(_payment.Terms.From, authorization.From);
        Assert.Equal(_payment.Terms.To, authorization.To);
        Assert.Equal(_payment.Terms.Value.Units, authorization.Value);
        Assert.Equal((ulong)(_fixture.Now - 5), authorization.ValidAfter);
        Assert.Equal((ulong)(_fixture.Now + 60), authorization.ValidBefore);
        Assert.Equal(_payment.Terms.Nonce.Value, authorization.Nonce);
        Assert.Equal(_payment.Signature.ToArray(), authorization.Signature);
        Assert.InRange(authorization.Signature[64], 27, 28);
    }

    private static byte[] Word(ulong value)
    {
        var word = new byte[32];
        ((UInt256)value).WriteBigEndian(word);
        return word;
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[32];
        Encoding.UTF8.GetBytes(text).CopyTo(bytes, 0);
        return [.. Word(32), .. Word((ulong)text.Length), .. bytes];
    }
}
