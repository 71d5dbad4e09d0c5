using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Settling;

/// <summary>A node that refuses, is silent or never includes: nothing is sent twice, and nothing unknown is called a failure.</summary>
public sealed class UncertainSendingTests : IDisposable
{
    private readonly FacilitatorBench _bench = new();
    private readonly PrivateKey _account = Vectors.Key("marketplace other seller");
    private readonly ScriptedChain _chain = new();
    private readonly DirectSettlementChannel _channel;

    public UncertainSendingTests() => _channel = new DirectSettlementChannel(
        _chain, new LocalSigner(_account), new DirectSettlementOptions { MaxGasPrice = 100, MaxRemembered = 2 }, _bench.Time);

    public void Dispose()
    {
        _channel.Dispose();
        _account.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 0)]
    public async Task Gas_has_a_ceiling(ulong price, int sent)
    {
        _chain.GasPrice = price;
        using var patience = new CancellationTokenSource();
        _chain.Sending = () =>
        {
            patience.Cancel();
            return RpcOutcome.Value(Hash32.Zero);
        };

        var outcome = await _channel.SettleAsync(Request(), patience.Token);

        Assert.Equal((sent, sent == 0 ? SettlementStatus.Refused : SettlementStatus.Pending), (_chain.Sent, outcome.Status));
    }

    [Fact]
    public async Task A_chain_that_cannot_be_reached_has_got_nothing()
    {
        _chain.IsReachable = false;

        Assert.Equal((SettlementStatus.Refused, 0), ((await _channel.SettleAsync(Request(), default)).Status, _chain.Sent));
    }

    [Fact]
    public async Task A_node_that_refuses_may_be_asked_again()
    {
        _chain.Sending = () => RpcOutcome.Error<Hash32>(new RpcError(-32000, "insufficient funds for gas", default));

        Assert.Equal(SettlementStatus.Refused, (await _channel.SettleAsync(Request(), default)).Status);
        Assert.Equal(SettlementStatus.Refused, (await _channel.SettleAsync(Request(), default)).Status);
        Assert.Equal(2, _chain.Sent);
    }

    [Fact]
    public async Task A_send_without_an_answer_is_pending_with_its_hash_and_is_not_sent_again()
    {
        using var patience = new CancellationTokenSource();
        _chain.Sending = () =>
        {
            patience.Cancel();
            return RpcOutcome.TimedOut<Hash32>();
        };
        var pending = await _channel.SettleAsync(Request(), patience.Token);

        using var none = new CancellationTokenSource();
        none.Cancel();
        var again = await _channel.SettleAsync(Request(), none.Token);

        Assert.Equal((SettlementStatus.Pending, SettlementStatus.Pending, 1), (pending.Status, again.Status, _chain.Sent));
        Assert.NotNull(pending.Transaction);
        Assert.Equal(pending.Transaction, again.Transaction);
    }

    [Fact]
    public async Task A_receipt_that_failed_is_reverted()
    {
        _chain.Receipt = new TransactionReceipt(Hash32.Zero, false, 1, Hash32.Zero, 0, Address.Zero, null, 0, []);

        Assert.Equal(SettlementStatus.Reverted, (await _channel.SettleAsync(Request(), default)).Status);
    }

    [Fact]
    public async Task A_receipt_that_failed_since_somebody_used_the_authorisation_says_so()
    {
        _chain.Receipt = new TransactionReceipt(Hash32.Zero, false, 1, Hash32.Zero, 0, Address.Zero, null, 0, []);
        _chain.IsUsed = true;
        Assert.Equal(SettlementStatus.Pending, (await _channel.SettleAsync(Request(), default)).Status);

        _chain.Logs = [new LogEntry(Address.Zero, [], Array.Empty<byte>(), 1, Hash32.Zero, Hash32.Zero, 0, 0)];
        Assert.Equal(SettlementStatus.Used, (await _channel.SettleAsync(Request(), default)).Status);
    }

    [Fact]
    public async Task Only_so_many_payments_are_remembered()
    {
        _chain.Receipt = new TransactionReceipt(Hash32.Zero, true, 1, Hash32.Zero, 0, Address.Zero, null, 0, []);
        foreach (var nonce in "1231")
            await _channel.SettleAsync(Request("0x" + new string(nonce, 64)), default);
        Assert.Equal(4, _chain.Sent);

        await _channel.SettleAsync(Request("0x" + new string('3', 64)), default);
        Assert.Equal(4, _chain.Sent);
    }

    private SettlementRequest Request(string nonce = Vectors.Nonce)
    {
        Assert.True(_bench.Schemes[0].Read(_bench.Call(a => a with { Nonce = nonce }), out var payment).IsAccepted);
        return _bench.Schemes[0].ToSettlement(payment!)!;
    }
}
