using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Readers_see_whole_blocks_while_writers_write()
    {
        await using var chain = TestChain.Over(new MemoryFile());
        await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var rounds = 0;
            ulong seen = 0;
            while (!done.IsCancellationRequested || rounds == 0)
            {
                // One batch may straddle a block; one call may not.
                var height = await chain.HeightAsync();
                Assert.True(height >= seen, "the chain went backwards");
                seen = height;
                var logs = (await chain.ResultAsync("eth_getLogs", $$"""[{"fromBlock":"0x{{height:x}}","toBlock":"0x{{height:x}}"}]"""))!.AsArray();
                var block = (await chain.ResultAsync("eth_getBlockByNumber", $"[\"0x{height:x}\",false]"))!;
                Assert.All(logs, log => Assert.Equal(block["hash"]!.GetValue<string>(), log!["blockHash"]!.GetValue<string>()));
                foreach (var hash in block["transactions"]!.AsArray())
                    Assert.NotNull(await chain.ResultAsync("eth_getTransactionReceipt", $"[{hash!.ToJsonString()}]"));
                rounds++;
            }

            return rounds;
        })).ToArray();

        var transactions = Enumerable.Range(0, 200).Select(i => chain.Settlement(TokenSigner.Transfer($"n{i}"))).ToArray();
        await Parallel.ForEachAsync(transactions, async (transaction, _) =>
            Assert.Equal("0x1", (await chain.SendSyncAsync(transaction, CancellationToken.None))["result"]!["status"]!.GetValue<string>()));
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), rounds => Assert.True(rounds > 0));
        Assert.Equal((UInt256)200_000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task A_caller_that_hangs_up_takes_nothing_back()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        using var gate = new SyncGate();
        file.Gate = gate;
        using var patience = new CancellationTokenSource();
        var asking = chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("a")), patience.Token);
        await gate.ArrivedAsync();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        gate.Open();
        while (!await chain.IsUsedAsync("a"))
            await Task.Yield();
        Assert.Equal((UInt256)1000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task Closing_in_the_middle_of_a_flood_leaves_a_file_that_holds_all_that_was_answered()
    {
        var file = new MemoryFile();
        var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
        var sending = Enumerable.Range(0, 100).Select(i => chain.Settlement(TokenSigner.Transfer($"n{i}")))
            .Select(transaction => Task.Run(() => chain.SendSyncAsync(transaction))).ToArray();
        await Task.WhenAny(sending);
        await chain.Chain.DisposeAsync();
        var replies = await Task.WhenAll(sending);

        await using var again = TestChain.Over(new MemoryFile(file.Synced));
        for (var i = 0; i < replies.Length; i++)
        {
            if (replies[i]["result"] is not null)
                Assert.True(await again.IsUsedAsync($"n{i}"), $"settlement {i} was answered and is gone");
            else
                Assert.Contains("closing", replies[i]["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Contains(replies, reply => reply["result"] is not null);
    }

    [Fact]
    public async Task Signatures_are_checked_side_by_side_with_the_same_outcome()
    {
        foreach (var parallelism in new[] { 1, 2, 8 })
        {
            await using var chain = TestChain.Over(new MemoryFile(), new DevnetOptions { VerificationParallelism = parallelism });
            await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
            var items = Enumerable.Range(0, 30).Select(i =>
            {
                var authorization = TokenSigner.Transfer($"n{i}", signer: i % 3 == 0 ? TestKeys.Seller : null);
                var raw = i % 7 == 0 ? "[\"0x02\"]" : TestChain.Raw(chain.Settlement(authorization));
                return $$"""{"jsonrpc":"2.0","id":{{i}},"method":"eth_sendRawTransactionSync","params":{{raw}}}""";
            });
            var replies = (await chain.PostAsync($"[{string.Join(',', items)}]")).AsArray();
            for (var i = 0; i < 30; i++)
            {
                Assert.Equal(i, replies[i]!["id"]!.GetValue<int>());
                if (i % 7 == 0)
                    Assert.Equal(-32000, replies[i]!["error"]!["code"]!.GetValue<int>());
                else
                    Assert.Equal(i % 3 == 0 ? "0x0" : "0x1", replies[i]!["result"]!["status"]!.GetValue<string>());
            }
        }
    }
}
