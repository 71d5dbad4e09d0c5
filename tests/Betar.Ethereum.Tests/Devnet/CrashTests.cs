using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class CrashTests
{
    static async Task<(byte[] Before, byte[] After)> TwoBlocksAsync()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        await chain.SettleAsync(TokenSigner.Transfer("first"));
        var before = file.Content;
        await chain.SettleAsync(TokenSigner.Transfer("second"));
        return (before, file.Content);
    }

    [Fact]
    public async Task A_restart_keeps_everything()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        var settled = chain.Settlement(TokenSigner.Transfer("a"));
        var receipt = (await chain.SendSyncAsync(settled))["result"]!.ToJsonString();
        var reverted = chain.Settlement(TokenSigner.Transfer("a"));
        var second = (await chain.SendSyncAsync(reverted))["result"]!.ToJsonString();
        await chain.ResultAsync("devnet_setFault", """[{"kind":"revert","reason":"because"}]""");
        var forced = chain.Settlement(TokenSigner.Transfer("b"));
        var third = (await chain.SendSyncAsync(forced))["result"]!.ToJsonString();
        var block = (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",true]"))!.ToJsonString();
        var logs = (await chain.ResultAsync("eth_getLogs", """[{"fromBlock":"0x0"}]"""))!.ToJsonString();
        var status = (await chain.ResultAsync("devnet_status"))!.ToJsonString();

        await chain.RestartAsync();

        Assert.Equal(receipt, (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{settled.Hash}\"]"))!.ToJsonString());
        Assert.Equal(second, (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{reverted.Hash}\"]"))!.ToJsonString());
        Assert.Equal(third, (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{forced.Hash}\"]"))!.ToJsonString());
        Assert.Equal(block, (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",true]"))!.ToJsonString());
        Assert.Equal(logs, (await chain.ResultAsync("eth_getLogs", """[{"fromBlock":"0x0"}]"""))!.ToJsonString());
        Assert.Equal(status, (await chain.ResultAsync("devnet_status"))!.ToJsonString());
        Assert.True(await chain.IsUsedAsync("a"));
        Assert.False(await chain.IsUsedAsync("b"));
        Assert.Equal(3UL, await chain.NonceAsync());
        Assert.Equal((-32000, "already known"), await chain.ErrorAsync("eth_sendRawTransaction", TestChain.Raw(settled)));
        Assert.Equal("0x1", (await chain.SettleAsync(TokenSigner.Transfer("b")))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_last_record_that_was_cut_off_anywhere_is_as_if_never_written()
    {
        var (before, after) = await TwoBlocksAsync();
        for (var length = before.Length; length <= after.Length; length++)
        {
            var file = new MemoryFile(after[..length]);
            await using var chain = TestChain.Over(file);
            var whole = length == after.Length;
            Assert.Equal(whole ? 3UL : 2UL, await chain.HeightAsync());
            Assert.Equal(whole, await chain.IsUsedAsync("second"));
            Assert.True(await chain.IsUsedAsync("first"));
            Assert.Equal(whole ? after.Length : before.Length, file.Length);
            if (length % 50 != 0)
                continue;

            // And the chain goes on from there.
            var receipt = (await chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("third"), nonce: await chain.NonceAsync())))["result"]!;
            Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
            await using var again = TestChain.Over(new MemoryFile(file.Synced));
            Assert.True(await again.IsUsedAsync("third"));
        }
    }

    [Fact]
    public async Task A_last_record_of_the_right_length_with_wrong_bytes_is_as_if_never_written()
    {
        var (before, after) = await TwoBlocksAsync();
        for (var at = before.Length; at < after.Length; at++)
        {
            var torn = after.ToArray();
            torn[at] ^= 0x40;
            var file = new MemoryFile(torn);
            await using var chain = TestChain.Over(file);
            Assert.Equal(2UL, await chain.HeightAsync());
            Assert.Equal(before, file.Content);
        }
    }

    [Fact]
    public async Task A_record_damaged_in_the_middle_is_refused_and_left_alone()
    {
        var (before, after) = await TwoBlocksAsync();
        for (var at = DevnetFile.HeaderSize; at < before.Length; at += 3)
        {
            var damaged = after.ToArray();
            damaged[at] ^= 0x01;
            var file = new MemoryFile(damaged);
            var fault = Assert.Throws<DevnetOpenException>(() => DevnetChain.Open(file, new DevnetOptions(), new ManualTime()));
            Assert.Equal(DevnetOpenFault.Corrupt, fault.Fault);
            Assert.Equal(damaged, file.Content);
            Assert.True(file.IsDisposed);
        }
    }

    [Fact]
    public async Task A_chain_whose_first_write_was_cut_off_begins_anew()
    {
        var (before, _) = await TwoBlocksAsync();
        for (var length = 0; length <= DevnetFile.HeaderSize + RecordFrame.HeaderSize + 30; length++)
        {
            await using var chain = TestChain.Over(new MemoryFile(before[..length]));
            Assert.Equal(0UL, await chain.HeightAsync());
            await chain.FundAsync(TestKeys.PayerAddress, 1);
        }
    }

    [Fact]
    public async Task Only_synced_bytes_are_needed_for_everything_that_was_answered()
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 100_000);
        for (var i = 0; i < 10; i++)
        {
            var transaction = chain.Settlement(TokenSigner.Transfer($"n{i}"));
            await chain.SendSyncAsync(transaction);
            await using var crashed = TestChain.Over(new MemoryFile(file.Synced));
            Assert.True(await crashed.IsUsedAsync($"n{i}"));
            Assert.NotNull(await crashed.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_that_cannot_write_says_so_and_takes_nothing_more(bool atSync)
    {
        var file = new MemoryFile();
        await using var chain = TestChain.Over(file);
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        file.FailOnSync = atSync;
        file.FailOnAppend = !atSync;
        var reply = await chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("a")));
        Assert.Equal(-32603, reply["error"]!["code"]!.GetValue<int>());
        Assert.Contains("cannot write its file", reply["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);

        file.FailOnSync = file.FailOnAppend = false;
        Assert.Contains("cannot write", (await chain.ErrorAsync("eth_sendRawTransaction", TestChain.Raw(chain.Settlement(TokenSigner.Transfer("b"))))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot write", (await chain.ErrorAsync("devnet_fund", $"[\"{TestKeys.PayerAddress}\",\"1\"]")).Message, StringComparison.Ordinal);
        Assert.Equal("0x1", (await chain.ResultAsync("devnet_mine"))!.GetValue<string>());
        await chain.ErrorAsync("devnet_setFault", """[{"kind":"reorg","blocks":1}]""");
        Assert.NotNull((await chain.ResultAsync("devnet_status"))!["broken"]);
        Assert.Equal((UInt256)5000UL, await chain.BalanceAsync(TestKeys.PayerAddress));
        Assert.False(await chain.IsUsedAsync("a"));
    }

    [Fact]
    public async Task Closing_tells_those_who_still_wait()
    {
        var chain = TestChain.Over(new MemoryFile());
        var waiting = chain.SendSyncAsync(chain.Transaction(default, nonce: 5));
        Assert.False(waiting.IsCompleted);
        await chain.Chain.DisposeAsync();
        Assert.Contains("closing", (await waiting)["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("closing", (await chain.ErrorAsync("eth_sendRawTransaction", TestChain.Raw(chain.Transaction(default)))).Message, StringComparison.Ordinal);
        await chain.Chain.DisposeAsync();
    }
}
