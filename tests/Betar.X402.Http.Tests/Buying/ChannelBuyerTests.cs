using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Http.Buying;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Networks;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;

namespace Betar.X402.Http.Tests.Buying;

/// <summary>A buyer with a channel pays by voucher; where that does not go, as everybody does.</summary>
public sealed class ChannelBuyerTests : IAsyncLifetime
{
    private readonly PrivateKey _key = Vectors.PayerKey();
    private readonly MemoryBuyerChannels _channels = new();
    private WebBench _bench = null!;

    private static ChannelConfig Config => new(
        Address.Parse(Vectors.Payer), Address.Parse(Vectors.Payer), Vectors.SellerAddress, Address.Parse(Vectors.Other), PaymentAsset.BaseSepoliaUsdc.Address, 900, Hash32.Zero);

    private static Hash32 Id => BatchHasher.ChannelId(NetworkId.BaseSepolia, Config);

    public async Task InitializeAsync()
    {
        var channel = new Requirement
        {
            Scheme = BatchContracts.Scheme, Network = "eip155:84532", Amount = "1000", Asset = PaymentAsset.BaseSepoliaUsdc.Address.ToString(), PayTo = Vectors.Seller,
            MaxTimeoutSeconds = 60,
            Extra = JsonSerializer.SerializeToElement(new { name = "USDC", version = "2", receiverAuthorizer = Vectors.Other, withdrawDelay = 900 }),
        };
        _bench = await WebBench.StartAsync(app => app.MapPaid("/work", new PaidResource { Price = 1000, AlsoAccepts = [channel] }, () => "done"));
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task Calls_are_paid_by_voucher_while_the_channel_has_room_and_by_transfer_afterwards()
    {
        await OpenAsync(2000);
        using var buyer = Buyer();

        foreach (var (scheme, money) in new[] { ("batch-settlement", 0), ("batch-settlement", 0), ("exact", 1000) })
        {
            using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"));
            Assert.Equal("done", await response.Content.ReadAsStringAsync());
            Assert.Equal(scheme, WireCodec.ParsePaymentHeader(buyer.Payments[^1]!).Value!.Scheme);
            Assert.Equal(money, await _bench.SellersMoneyAsync());
        }

        Assert.Equal((AtomicAmount)2000, (await _bench.Channels.FindAsync(Id, default))!.Charged);
        Assert.Equal((AtomicAmount)2000, (await _channels.FindAsync(Id, default))!.Charged);
    }

    [Fact]
    public async Task A_repeated_intent_shows_the_same_voucher_and_is_charged_once()
    {
        await OpenAsync(2000);
        using var buyer = Buyer();

        using var first = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "an intent");
        using var second = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "an intent");

        Assert.Equal(buyer.Payments[1], buyer.Payments[^1]);
        Assert.Equal("done", await second.Content.ReadAsStringAsync());
        Assert.Equal((AtomicAmount)1000, (await _bench.Channels.FindAsync(Id, default))!.Charged);
    }

    [Fact]
    public async Task A_payee_that_is_not_pinned_gets_no_voucher_either()
    {
        await OpenAsync(2000);
        using var buyer = _bench.NewBuyer(pins: new NobodysPins(), preferred: Client());

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"));

        Assert.Null(Assert.Single(buyer.Payments));
        Assert.Null((await _channels.FindAsync(Id, default))!.Waiting);
    }

    private Buyer Buyer() => _bench.NewBuyer(preferred: Client());

    private BatchVoucherClient Client() => new(new BatchClient(new LocalSigner(_key), _bench.Time), _channels, new BatchBuyerOptions(), _bench.Time);

    private async Task OpenAsync(ulong balance)
    {
        await _bench.Channels.DepositedAsync(PaymentChannel.Of(NetworkId.BaseSepolia, Config), Nonce.Random(), balance, default);
        await _channels.TryReplaceAsync(null, BuyerChannel.New(Id) with { Balance = balance }, default);
    }

    private sealed class NobodysPins : IPayeePins
    {
        public ValueTask<bool> AllowsAsync(string origin, Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public ValueTask<bool> TryPinAsync(string origin, Address payee, CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody was allowed.");
    }
}
