using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class ReorganisationTests
{
    static async Task<TestChain> StartAsync()
    {
        // Blocks on demand: a returned transaction is not back in a block before the test has looked.
        var chain = await TestChain.StartAsync(new DevnetOptions { MineAutomatically = false });
        var funding = chain.FundAsync(TestKeys.PayerAddress, 10_000);
        while (!funding.IsCompleted)
            await chain.ResultAsync("devnet_mine");
        await funding;
        return chain;
    }

    static async Task<SignedTransaction> MineAsync(TestChain chain, string nonce)
    {
        var transaction = chain.Settlement(TokenSigner.Transfer(nonce));
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(transaction));
        await chain.ResultAsync("devnet_mine");
        Assert.NotNull(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"));
        return transaction;
    }

    static async Task<string> HashOfHeadAsync(TestChain chain) =>
        (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",false]"))!["hash"]!.GetValue<string>();

    [Fact]
    public async Task Dropped_transactions_wait_again_and_come_back_in_another_block()
    {
        await using var chain = await StartAsync();
        await MineAsync(chain, "kept");
        var height = await chain.HeightAsync();
        var parent = await HashOfHeadAsync(chain);
        var first = await MineAsync(chain, "first");
        var oldHash = await HashOfHeadAsync(chain);
        var second = await MineAsync(chain, "second");

        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":2}]""");

        Assert.Equal(height, await chain.HeightAsync());
        Assert.Equal(parent, await HashOfHeadAsync(chain));
        Assert.Null(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{first.Hash}\"]"));
        Assert.False(await chain.IsUsedAsync("first"));
        Assert.True(await chain.IsUsedAsync("kept"));
        Assert.Equal((UInt256)9000UL, await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.Equal(1UL, await chain.NonceAsync());
        Assert.Equal(3UL, await chain.NonceAsync("pending"));
        Assert.NotNull(await chain.ResultAsync("eth_getTransactionByHash", $"[\"{second.Hash}\"]"));

        await chain.ResultAsync("devnet_mine");
        Assert.Equal((UInt256)7000UL, await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.NotNull(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{second.Hash}\"]"));
        Assert.NotEqual(oldHash, await HashOfHeadAsync(chain));
        Assert.Equal(1, (await chain.ResultAsync("devnet_status"))!["reorganisations"]!.GetValue<int>());
    }

    [Fact]
    public async Task Dropped_transactions_can_vanish_and_their_authorisations_are_good_again()
    {
        await using var chain = await StartAsync();
        var gone = await MineAsync(chain, "gone");
        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":1,"transactions":"vanish"}]""");
        await chain.ResultAsync("devnet_mine");
        Assert.Null(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{gone.Hash}\"]"));
        Assert.Null(await chain.ResultAsync("eth_getTransactionByHash", $"[\"{gone.Hash}\"]"));
        Assert.False(await chain.IsUsedAsync("gone"));
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(gone));
        await chain.ResultAsync("devnet_mine");
        Assert.True(await chain.IsUsedAsync("gone"));
    }

    [Fact]
    public async Task An_equal_block_after_a_reorganisation_has_another_hash()
    {
        await using var chain = await StartAsync();
        var transaction = await MineAsync(chain, "a");
        var before = await HashOfHeadAsync(chain);
        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":1}]""");
        await chain.ResultAsync("devnet_mine");
        Assert.NotNull(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"));
        Assert.NotEqual(before, await HashOfHeadAsync(chain));
    }

    [Fact]
    public async Task A_reorganisation_is_durable()
    {
        await using var chain = await StartAsync();
        await MineAsync(chain, "kept");
        await MineAsync(chain, "gone");
        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":1,"transactions":"vanish"}]""");
        await chain.ResultAsync("devnet_mine");
        var head = await HashOfHeadAsync(chain);
        await chain.RestartAsync(new DevnetOptions { MineAutomatically = false });
        Assert.Equal(head, await HashOfHeadAsync(chain));
        Assert.False(await chain.IsUsedAsync("gone"));
        Assert.True(await chain.IsUsedAsync("kept"));
        Assert.Equal(1UL, await chain.NonceAsync());
    }

    [Fact]
    public async Task With_automatic_blocks_returned_transactions_are_back_at_once()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 10_000);
        var transaction = chain.Settlement(TokenSigner.Transfer("a"));
        await chain.SendSyncAsync(transaction);
        await chain.ResultAsync("devnet_setFault", """[{"kind":"reorg","blocks":2}]""");
        while (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]") is null)
            await Task.Yield();
        Assert.Equal((UInt256)9000UL, await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.Equal((UInt256)1000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task No_more_blocks_than_there_are_can_go()
    {
        await using var chain = await StartAsync();
        var height = await chain.HeightAsync();
        Assert.Equal(-32000, (await chain.ErrorAsync("devnet_setFault", $$"""[{"kind":"reorg","blocks":{{height + 1}}}]""")).Code);
        Assert.Equal(height, await chain.HeightAsync());
        await chain.ResultAsync("devnet_setFault", $$"""[{"kind":"reorg","blocks":{{height}},"transactions":"vanish"}]""");
        Assert.Equal(0UL, await chain.HeightAsync());
        Assert.Equal(UInt256.Zero, await chain.BalanceAsync(TestKeys.PayerAddress));
    }
}
