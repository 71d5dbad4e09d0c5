using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Settling;

/// <summary>What is sent, at which price, and when it is sent again: against a node that says what a test tells it to.</summary>
public sealed class DirectSettlementChannelTests : IDisposable
{
    private readonly FacilitatorBench _bench = new();
    private readonly PrivateKey _account = Vectors.Key("marketplace other seller");
    private readonly List<SignedTransaction> _sent = [];

    public DirectSettlementChannelTests()
    {
        _bench.Chain.GasPrice = 10;
        _bench.Chain.Send = transaction =>
        {
            _sent.Add(transaction);
            return RpcOutcome.TimedOut<Hash32>();
        };
    }

    public void Dispose()
    {
        _account.Dispose();
        _bench.Dispose();
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(60, 100)]
    [InlineData(50, 100)]
    [InlineData(49, 98)]
    public async Task Twice_the_price_is_offered_and_never_more_than_the_ceiling(ulong price, ulong offered)
    {
        _bench.Chain.GasPrice = price;
        using var channel = Channel(new DirectSettlementOptions { MaxGasPrice = 100 });

        await GiveUpAsync(channel, Request());

        var transaction = Assert.Single(_sent).Transaction;
        Assert.Equal((offered, price, 7UL), ((ulong)transaction.MaxFeePerGas, (ulong)transaction.MaxPriorityFeePerGas, transaction.Nonce));
    }

    [Fact]
    public async Task Nothing_is_sent_at_a_price_above_the_ceiling()
    {
        _bench.Chain.GasPrice = 101;
        using var channel = Channel(new DirectSettlementOptions { MaxGasPrice = 100 });

        Assert.Equal(SettlementStatus.Refused, (await channel.SettleAsync(Request(), default)).Status);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task What_nobody_answers_is_pending_with_its_hash_and_not_sent_again()
    {
        using var channel = Channel();

        var first = await GiveUpAsync(channel, Request());
        var second = await GiveUpAsync(channel, Request());

        Assert.Equal((SettlementStatus.Pending, _sent[0].Hash), (first.Status, first.Transaction));
        Assert.Equal(first.Transaction, second.Transaction);
        Assert.Single(_sent);
    }

    [Fact]
    public async Task What_the_node_refuses_was_not_sent_and_may_be_sent_again()
    {
        using var channel = Channel();
        _bench.Chain.Send = transaction =>
        {
            _sent.Add(transaction);
            return RpcOutcome.Error<Hash32>(new RpcError(-32000, "insufficient funds for gas", default));
        };

        var first = await channel.SettleAsync(Request(), default);
        var second = await channel.SettleAsync(Request(), default);

        Assert.Equal((SettlementStatus.Refused, null, SettlementStatus.Refused), (first.Status, first.Transaction, second.Status));
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task Only_so_many_are_remembered()
    {
        using var channel = Channel(new DirectSettlementOptions { MaxRemembered = 2 });
        SettlementRequest[] requests = [Request('1'), Request('2'), Request('3')];

        foreach (var request in requests.Take(2).Concat(requests.Take(2)))
            await GiveUpAsync(channel, request);
        Assert.Equal(2, _sent.Count);

        await GiveUpAsync(channel, requests[2]);
        await GiveUpAsync(channel, requests[1]);
        Assert.Equal(3, _sent.Count);
        await GiveUpAsync(channel, requests[0]);
        Assert.Equal(4, _sent.Count);
    }

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Throws<ArgumentException>(() => Channel(new DirectSettlementOptions { MaxRemembered = 0 }));

    private static async Task<SettlementOutcome> GiveUpAsync(DirectSettlementChannel channel, SettlementRequest request)
    {
        using var patience = new CancellationTokenSource();
        var settling = channel.SettleAsync(request, patience.Token);
        patience.Cancel();
        return await settling.Soon();
    }

    private DirectSettlementChannel Channel(DirectSettlementOptions? options = null) =>
        new(_bench.Chain, new LocalSigner(_account), options ?? new DirectSettlementOptions(), _bench.Time);

    private SettlementRequest Request(char nonce = '7')
    {
        Assert.True(_bench.Schemes[0].Read(_bench.Call(a => a with { Nonce = "0x" + new string(nonce, 64) }), out var payment).IsAccepted);
        return _bench.Schemes[0].ToSettlement(payment!)!;
    }
}
