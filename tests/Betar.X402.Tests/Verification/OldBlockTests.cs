using Betar.Ethereum;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Verification;

/// <summary>
/// A chain with a block every twelve seconds, and buyers whose payments are valid from five seconds ago, as those of the original: the newest block is
/// older than that, and the next one is not.
/// </summary>
public sealed class OldBlockTests : IDisposable
{
    private const string Transfer = "e3ee160e";

    private readonly PaymentFixture _fixture = new();
    private readonly FakeChain _chain = new();
    private readonly SignedPayment _payment;

    public OldBlockTests()
    {
        _fixture.Verifier.CheckSyntaxAndCheapFields(_fixture.Payment(), _fixture.Offer, _fixture.Binding, out var payment);
        _payment = payment!;
        _chain.Answers["e94a0102"] = RpcOutcome.Value(new byte[32]);
        _chain.Answers["06fdde03"] = _chain.Answers["54fd4d50"] = Reverted("no such function");
        _chain.Answers["70a08231"] = RpcOutcome.Value(Word(1_000_000));
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_payment_that_the_next_block_takes_is_good()
    {
        Assert.True(_payment.Terms.ValidAfter > (UInt256)(_fixture.Time.Seconds - 12));
        _chain.Answers[Transfer] = At(_fixture.Time.Seconds - 12);
        _chain.Next = _ => At(_fixture.Time.Seconds);

        Assert.True((await CheckAsync()).IsAccepted);
        Assert.Equal([BlockTag.Latest, BlockTag.Pending], _chain.Calls.Where(IsTransfer).Select(call => call.Block));
    }

    [Fact]
    public async Task One_that_no_block_takes_is_refused_for_what_the_newest_block_says()
    {
        _chain.Answers[Transfer] = Reverted("ERC20: transfer amount exceeds balance");
        _chain.Answers["70a08231"] = RpcOutcome.Value(new byte[32]);
        _chain.Next = _ => Reverted("another reason");

        Assert.Equal(VerificationReasons.InsufficientBalance, (await CheckAsync()).Reason);
    }

    [Fact]
    public async Task Where_the_newest_block_takes_it_the_next_one_is_not_asked()
    {
        _chain.Answers[Transfer] = RpcOutcome.Value(Array.Empty<byte>());
        _chain.Next = _ => throw new InvalidOperationException("not asked");

        Assert.True((await CheckAsync()).IsAccepted);
    }

    [Fact]
    public async Task A_node_that_is_away_or_knows_no_next_block_says_nothing_of_the_payment()
    {
        _chain.Answers[Transfer] = RpcOutcome.TimedOut<byte[]>();
        _chain.Next = _ => throw new InvalidOperationException("not asked");
        Assert.Equal(VerificationReasons.ChainUnreachable, (await CheckAsync()).Reason);

        _chain.Answers[Transfer] = At(_fixture.Time.Seconds - 12);
        _chain.Next = _ => RpcOutcome.Error<byte[]>(new RpcError(-32602, "pending is not offered", default));
        Assert.Equal(VerificationReasons.SimulationFailed, (await CheckAsync()).Reason);
    }

    private static byte[] Word(ulong value)
    {
        var word = new byte[32];
        ((UInt256)value).WriteBigEndian(word);
        return word;
    }

    private static bool IsTransfer(CallRequest call) => Convert.ToHexStringLower(call.Data.Span[..4]) == Transfer;

    /// <summary>What the token says in a block of that time.</summary>
    private RpcOutcome<byte[]> At(ulong time) =>
        (UInt256)time > _payment.Terms.ValidAfter ? RpcOutcome.Value(Array.Empty<byte>()) : Reverted("FiatTokenV2: authorization is not yet valid");

    private static RpcOutcome<byte[]> Reverted(string why) => RpcOutcome.Error<byte[]>(new RpcError(3, "execution reverted: " + why, default));

    private async Task<VerificationOutcome> CheckAsync() => await new ChainVerifier(new EthereumChainProbe(_chain)).CheckAsync(_payment, default);
}
