using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Receipts;

/// <summary>The same on the devnet chain, through the client.</summary>
public sealed class ReceiptOnDevnetTests
{
    [Fact]
    public async Task A_settlement_is_followed_through_a_reorganisation()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { MineAutomatically = false });
        using var http = new HttpClient(new DevnetHandler(chain.Chain));
        var client = new JsonRpcChainClient(http, new Uri("http://devnet.test/"));
        var funding = chain.FundAsync(TestKeys.PayerAddress, 10_000);
        while (!funding.IsCompleted)
            await chain.ResultAsync("devnet_mine");
        await funding;
        var sent = chain.Settlement(TokenSigner.Transfer("followed"));
        var watch = new ReceiptWatch(client, WatchedTransaction.Of(sent), new ReceiptWatchOptions { Confirmations = 2, MissingLooks = 1 });

        Assert.Equal(ReceiptState.Dropped, (await watch.LookAsync(default)).State);
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(sent));
        Assert.Equal(ReceiptState.Pending, (await watch.LookAsync(default)).State);
        await chain.ResultAsync("devnet_mine");
        Assert.Equal(ReceiptState.Included, (await watch.LookAsync(default)).State);
        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":1}]""");
        Assert.Equal(ReceiptState.Reorganised, (await watch.LookAsync(default)).State);
        Assert.Equal(ReceiptState.Pending, (await watch.LookAsync(default)).State);
        await chain.ResultAsync("devnet_mine");
        await MineAnotherAsync(chain);

        var confirmed = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Confirmed, true), (confirmed.State, confirmed.Receipt!.Succeeded));
    }

    static async Task MineAnotherAsync(TestChain chain)
    {
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(chain.Settlement(TokenSigner.Transfer("another"))));
        await chain.ResultAsync("devnet_mine");
    }
}
