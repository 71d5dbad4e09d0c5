using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Client;

/// <summary>A transaction is followed on an EVM node whose chain changes its mind.</summary>
public sealed class ReceiptWatchTests(Anvil anvil) : ChainTest(anvil)
{
    [Fact]
    public async Task Included_and_confirmed_by_the_blocks_that_follow()
    {
        var sent = await SendAsync(0);
        var watch = Watch(sent, confirmations: 3);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        await MineAsync(1);
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
        await MineAsync(2);

        var confirmed = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Confirmed, 3UL, true), (confirmed.State, confirmed.Confirmations, confirmed.Receipt!.Succeeded));
    }

    [Fact]
    public async Task A_reorganisation_takes_the_transaction_out()
    {
        var sent = await SendAsync(0);
        await MineAsync(1);
        var watch = Watch(sent, confirmations: 2);
        var included = await watch.LookAsync(default);
        await Anvil.RequestAsync("anvil_reorg", 1, Array.Empty<object>());

        var lost = await watch.LookAsync(default);
        Assert.Equal((ReceiptState.Reorganised, (Hash32?)included.Receipt!.BlockHash), (lost.State, lost.LostBlock));
        Assert.Equal(ReceiptState.Dropped, await StateAsync(watch));
        Assert.True((await Anvil.Chain.SendRawTransactionAsync(sent.Raw, default)).IsValue);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        await MineAsync(2);
        Assert.Equal(ReceiptState.Confirmed, await StateAsync(watch));
    }

    [Fact]
    public async Task A_chain_that_goes_back_and_another_way_replaces_it()
    {
        var before = await Anvil.SnapshotAsync();
        var sent = await SendAsync(0);
        await MineAsync(1);
        var watch = Watch(sent, confirmations: 2);
        Assert.Equal(ReceiptState.Included, await StateAsync(watch));
        await Anvil.RevertAsync(before);
        await Anvil.RequestAsync("anvil_dropAllTransactions");
        await SendAsync(0, value: 0, to: Account.Buyer.Address);
        await MineAsync(1);

        Assert.Equal(ReceiptState.Reorganised, await StateAsync(watch));
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        await MineAsync(1);
        Assert.Equal(ReceiptState.Replaced, await StateAsync(watch));
    }

    [Fact]
    public async Task What_the_pool_lets_go_is_dropped()
    {
        var sent = await SendAsync(0);
        var watch = Watch(sent, confirmations: 1);
        Assert.Equal(ReceiptState.Pending, await StateAsync(watch));
        await Anvil.RequestAsync("anvil_dropTransaction", sent.Hash.ToString());

        Assert.Equal(ReceiptState.Dropped, await StateAsync(watch));
    }

    [Fact]
    public async Task One_that_fails_is_confirmed_as_failed()
    {
        var data = Eip3009Token.EncodeTransfer(Account.Seller.Address, UInt256.MaxValue);
        var sent = await SendAsync(0, to: World.Usdc.Address, data: data);
        await MineAsync(1);
        var sighting = await Watch(sent, confirmations: 1).LookAsync(default);

        Assert.Equal((ReceiptState.Confirmed, false), (sighting.State, sighting.Receipt!.Succeeded));
    }

    private ReceiptWatch Watch(SignedTransaction sent, int confirmations) =>
        new(Anvil.Chain, WatchedTransaction.Of(sent), new ReceiptWatchOptions { Confirmations = confirmations, MissingLooks = 1 });

    private async Task<SignedTransaction> SendAsync(ulong nonce, ulong value = 0, Address? to = null, byte[]? data = null)
    {
        var signed = new Eip1559Transaction
        {
            ChainId = Anvil.ChainId, Nonce = nonce, GasLimit = 100_000, To = to ?? Account.Seller.Address, Value = value, Data = data ?? [],
        }.Sign(Account.Stranger.Key);
        var sent = await Anvil.Chain.SendRawTransactionAsync(signed.Raw, default);
        Assert.True(sent.IsValue, sent.Describe());
        return signed;
    }

    private async Task MineAsync(int blocks)
    {
        for (var block = 0; block < blocks; block++)
            await Anvil.RequestAsync("evm_mine");
    }

    private static async Task<ReceiptState> StateAsync(ReceiptWatch watch) => (await watch.LookAsync(default)).State;
}
