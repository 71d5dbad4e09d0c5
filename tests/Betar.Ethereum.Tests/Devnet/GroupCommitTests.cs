using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task What_waits_while_a_block_is_written_shares_the_next_block_and_its_one_sync()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
        var before = file.Syncs;

        using var gate = new SyncGate();
        file.Gate = gate;
        var first = chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("first")));
        await gate.ArrivedAsync();
        var rest = Enumerable.Range(0, 40).Select(i => chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer($"n{i}")))).ToArray();
        Assert.DoesNotContain(rest, task => task.IsCompleted);
        Assert.False(first.IsCompleted);
        gate.Open(2);

        Assert.Equal("0x2", (await first)["result"]!["blockNumber"]!.GetValue<string>());
        foreach (var reply in await Task.WhenAll(rest))
        {
            Assert.Equal("0x3", reply["result"]!["blockNumber"]!.GetValue<string>());
            Assert.Equal("0x1", reply["result"]!["status"]!.GetValue<string>());
        }

        Assert.Equal(before + 2, file.Syncs);
        Assert.Equal((UInt256)41_000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task A_batch_of_synchronous_sends_is_one_block()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
        var before = file.Syncs;
        var items = Enumerable.Range(0, 20)
            .Select(i => $$"""{"jsonrpc":"2.0","id":{{i}},"method":"eth_sendRawTransactionSync","params":{{TestChain.Raw(chain.Settlement(TokenSigner.Transfer($"n{i}")))}}}""");
        var replies = (await chain.PostAsync($"[{string.Join(',', items)}]")).AsArray();

        Assert.Equal(Enumerable.Range(0, 20), replies.Select(reply => reply!["id"]!.GetValue<int>()));
        Assert.Equal(before + 1, file.Syncs);
        Assert.All(replies, reply => Assert.Equal("0x2", reply!["result"]!["blockNumber"]!.GetValue<string>()));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"0x{2 * i:x}"),
            replies.Select(reply => reply!["result"]!["logs"]![0]!["logIndex"]!.GetValue<string>()));
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"0x{i:x}"),
            replies.Select(reply => reply!["result"]!["transactionIndex"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Nobody_sees_a_block_before_it_is_on_the_disk()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        using var gate = new SyncGate();
        file.Gate = gate;
        var transaction = chain.Settlement(TokenSigner.Transfer("a"));
        var sending = chain.SendSyncAsync(transaction);
        await gate.ArrivedAsync();

        Assert.Equal(1UL, await chain.HeightAsync());
        Assert.Null(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"));
        Assert.Equal((UInt256)5000UL, await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.False(await chain.IsUsedAsync("a"));
        Assert.Equal(0UL, await chain.NonceAsync());
        Assert.Equal(1UL, await chain.NonceAsync("pending"));
        Assert.Equal((-32000, "already known"), await chain.ErrorAsync("eth_sendRawTransaction", TestChain.Raw(transaction)));

        gate.Open();
        Assert.Equal("0x1", (await sending)["result"]!["status"]!.GetValue<string>());
        Assert.Equal(file.Content, file.Synced);
        Assert.True(await chain.IsUsedAsync("a"));
    }

    [Fact]
    public async Task A_block_holds_no_more_than_its_limit()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file, new() { MaxBlockTransactions = 4, MineAutomatically = false });
        await chain.ResultAsync("devnet_mine");
        var funding = chain.FundAsync(TestKeys.PayerAddress, 100_000);
        await chain.ResultAsync("devnet_mine");
        await funding;
        for (var i = 0; i < 10; i++)
            await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(chain.Settlement(TokenSigner.Transfer($"n{i}"))));
        await chain.ResultAsync("devnet_mine", "[3]");
        var sizes = new List<int>();
        for (var number = 3; number <= 5; number++)
            sizes.Add((await chain.ResultAsync("eth_getBlockByNumber", $"[\"0x{number:x}\",false]"))!["transactions"]!.AsArray().Count);
        Assert.Equal([4, 4, 2], sizes);
    }
}
