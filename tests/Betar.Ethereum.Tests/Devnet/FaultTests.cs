using System.Text;
using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class FaultTests
{
    static byte[] Request(string method, string parameters = "[]") =>
        Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""");

    static async Task<TestChain> FundedAsync()
    {
        var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 100_000);
        return chain;
    }

    static Task<JsonNode?> SetAsync(TestChain chain, string order) => chain.ResultAsync("devnet_setFault", $"[{order}]");

    static async Task<string[]> InForceAsync(TestChain chain) =>
        [.. (await chain.ResultAsync("devnet_status"))!["faults"]!.AsArray().Select(kind => kind!.GetValue<string>())];

    [Fact]
    public async Task A_delay_holds_requests_and_not_the_control_of_it()
    {
        await using var chain = await FundedAsync();
        await SetAsync(chain, """{"kind":"delay","milliseconds":300,"count":1}""");
        var slow = chain.HeightAsync();
        Assert.Empty(await InForceAsync(chain));
        Assert.False(slow.IsCompleted);
        chain.Time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(1UL, await slow);
        Assert.Equal(1UL, await chain.HeightAsync());

        await SetAsync(chain, """{"kind":"delay","milliseconds":300}""");
        for (var i = 0; i < 3; i++)
        {
            slow = chain.HeightAsync();
            Assert.Equal(["delay"], await InForceAsync(chain));
            chain.Time.Advance(TimeSpan.FromMilliseconds(300));
            await slow;
        }
    }

    [Fact]
    public async Task Injected_reverts_are_included_and_spare_simulation_and_faucet()
    {
        await using var chain = await FundedAsync();
        await SetAsync(chain, """{"kind":"revert","count":2,"reason":"bad luck"}""");
        await chain.FundAsync(TestKeys.PayerAddress, 1);
        await chain.ResultAsync("eth_call", TestChain.CallParameters(Eip3009Token.EncodeTransferWithAuthorization(TokenSigner.Transfer("a"))));
        Assert.Equal("0x0", (await chain.SettleAsync(TokenSigner.Transfer("a")))["status"]!.GetValue<string>());
        Assert.Equal(["revert"], await InForceAsync(chain));
        Assert.Equal("0x0", (await chain.SettleAsync(TokenSigner.Transfer("a")))["status"]!.GetValue<string>());
        Assert.Equal("0x1", (await chain.SettleAsync(TokenSigner.Transfer("a")))["status"]!.GetValue<string>());
        Assert.Empty(await InForceAsync(chain));
    }

    [Fact]
    public async Task A_dropped_answer_is_a_time_out_after_the_commit()
    {
        await using var chain = await FundedAsync();
        await SetAsync(chain, """{"kind":"dropAnswer"}""");
        Assert.Equal(["dropAnswer"], await InForceAsync(chain));
        await chain.HeightAsync(); // reads are answered
        using var patience = new CancellationTokenSource();
        var transaction = chain.Settlement(TokenSigner.Transfer("a"));
        var asking = chain.PostAsync(Request("eth_sendRawTransactionSync", TestChain.Raw(transaction)), patience.Token);
        while (!await chain.IsUsedAsync("a"))
            await Task.Yield();
        Assert.False(asking.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        // The payment happened: this is what callers must find out.
        Assert.Equal("0x1", (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"))!["status"]!.GetValue<string>());
        Assert.Equal("0x1", (await chain.SettleAsync(TokenSigner.Transfer("b")))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_outage_turns_everything_away_until_it_ends()
    {
        await using var chain = await FundedAsync();
        await SetAsync(chain, """{"kind":"outage","milliseconds":5000}""");
        Assert.Equal(["outage"], await InForceAsync(chain));
        var (answer, text) = await chain.PostAsync(Request("eth_blockNumber"));
        Assert.Equal((DevnetAnswer.Unavailable, ""), (answer, text));
        var transaction = chain.Settlement(TokenSigner.Transfer("a"));
        Assert.Equal(DevnetAnswer.Unavailable, (await chain.PostAsync(Request("eth_sendRawTransactionSync", TestChain.Raw(transaction)))).Answer);
        chain.Time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.Equal(DevnetAnswer.Unavailable, (await chain.PostAsync(Request("eth_blockNumber"))).Answer);
        chain.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(DevnetAnswer.Body, (await chain.PostAsync(Request("eth_blockNumber"))).Answer);
        Assert.False(await chain.IsUsedAsync("a"));
        Assert.Empty(await InForceAsync(chain));
    }

    [Fact]
    public async Task None_ends_every_fault_and_so_does_a_restart()
    {
        await using var chain = await FundedAsync();
        foreach (var end in new Func<Task>[] { () => SetAsync(chain, """{"kind":"none"}"""), () => chain.RestartAsync() })
        {
            await SetAsync(chain, """{"kind":"outage"}""");
            await SetAsync(chain, """{"kind":"delay","milliseconds":1}""");
            await SetAsync(chain, """{"kind":"revert"}""");
            await SetAsync(chain, """{"kind":"dropAnswer","count":3}""");
            Assert.Equal(["delay", "revert", "dropAnswer", "outage"], await InForceAsync(chain));
            await end();
            Assert.Empty(await InForceAsync(chain));
            Assert.True(await chain.HeightAsync() > 0);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"delay\"]")]
    [InlineData("[{}]")]
    [InlineData("""[{"kind":"magic"}]""")]
    [InlineData("""[{"kind":7}]""")]
    [InlineData("""[{"kind":"delay"}]""")]
    [InlineData("""[{"kind":"delay","milliseconds":0}]""")]
    [InlineData("""[{"kind":"delay","milliseconds":3600001}]""")]
    [InlineData("""[{"kind":"delay","milliseconds":1.5}]""")]
    [InlineData("""[{"kind":"revert","count":0}]""")]
    [InlineData("""[{"kind":"revert","count":-1}]""")]
    [InlineData("""[{"kind":"revert","reason":"ünicode"}]""")]
    [InlineData("""[{"kind":"revert","reasons":"typo"}]""")]
    [InlineData("""[{"kind":"reorg"}]""")]
    [InlineData("""[{"kind":"reorg","blocks":0}]""")]
    [InlineData("""[{"kind":"reorg","blocks":1,"transactions":"away"}]""")]
    public async Task Orders_that_are_none_are_refused_and_change_nothing(string parameters)
    {
        await using var chain = await TestChain.StartAsync();
        Assert.Equal(-32602, (await chain.ErrorAsync("devnet_setFault", parameters)).Code);
        Assert.Empty(await InForceAsync(chain));
    }
}
