using System.Net;
using Betar.Crypto;
using Betar.Ethereum.Keys;
using Betar.Node.Folder;
using Betar.X402;
using Betar.X402.Http.Buying;
using Betar.X402.Networks;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Http;

/// <summary>Tasks are paid by voucher on a channel, charged for what was used, and the seller claims them when its node stops; on a real EVM.</summary>
public sealed class ChannelSaleTests
{
    [Fact]
    public async Task Calls_cost_no_transaction_and_are_claimed_when_the_node_stops()
    {
        await using TokenShop shop = await TokenShop.StartAsync();
        using PrivateKey key = new Wallets(new DataFolder(shop.Node.Data), _ => null).Load(TokenShop.Wallet).Value;
        using HttpClient buyer = Buyer(shop, key);
        ulong before = await shop.BalanceAsync(shop.Buyer);
        shop.Uses(0, 10_000);

        Assert.Equal("20000", await PayAsync(shop, buyer, "one"));
        Assert.Equal((before - 150_000, 0ul), (await shop.BalanceAsync(shop.Buyer), await shop.BalanceAsync(shop.Seller)));
        Assert.Equal("20000", await PayAsync(shop, buyer, "two"));
        Assert.Equal((before - 150_000, 0ul), (await shop.BalanceAsync(shop.Buyer), await shop.BalanceAsync(shop.Seller)));

        await shop.Node.StopAsync();
        Assert.Equal(40_000ul, await shop.BalanceAsync(shop.Seller));

        // The channel goes on where it was; work that fails is not charged.
        await shop.StartAgainAsync();
        Assert.Equal("20000", await PayAsync(shop, buyer, "three"));
        shop.Status = 400;
        Assert.Null(await PayAsync(shop, buyer, "four"));
        Assert.Equal(before - 150_000, await shop.BalanceAsync(shop.Buyer));
        await shop.Node.StopAsync();
        Assert.Equal(60_000ul, await shop.BalanceAsync(shop.Seller));
    }

    private static HttpClient Buyer(TokenShop shop, PrivateKey key)
    {
        var asset = new PaymentAsset(new NetworkId(shop.Anvil.ChainId), shop.Anvil.Token, "USDC", "2");
        var vouchers = new BatchVoucherClient(
            new BatchClient(new LocalSigner(key), TimeProvider.System), new MemoryBuyerChannels(), new BatchBuyerOptions { Deposit = 150_000 }, TimeProvider.System);
        return new HttpClient(new PayingHandler(
            new BuyerOptions { MaxPerRequest = TokenShop.Most, Assets = new PaymentAssets([asset]) }, [vouchers], new MemoryIntentStore(TimeProvider.System), pins: new AnyPayee())
        {
            InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false },
        });
    }

    /// <returns>What it cost; null for work that failed.</returns>
    private static async Task<string?> PayAsync(TokenShop shop, HttpClient buyer, string task)
    {
        using HttpResponseMessage answer = await buyer.PostAsync(shop.Url, new StringContent(task));
        if (answer.StatusCode == HttpStatusCode.BadGateway)
            return null;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        SettleResponse settled = WireCodec.ParseSettledHeader(Assert.Single(answer.Headers.GetValues(PaymentHeaders.Response))).Value!;
        Assert.Equal(settled.Amount, Assert.Single(answer.Headers.GetValues("Betar-Charged")));
        return settled.Amount;
    }

    /// <summary>The node's port is another one after its restart.</summary>
    private sealed class AnyPayee : IPayeePins
    {
        public ValueTask<bool> AllowsAsync(string origin, Betar.Ethereum.Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask<bool> TryPinAsync(string origin, Betar.Ethereum.Address payee, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
