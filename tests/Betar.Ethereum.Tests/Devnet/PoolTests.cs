using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class PoolTests
{
    static Task<(int Code, string Message)> RefusedAsync(TestChain chain, SignedTransaction transaction) =>
        chain.ErrorAsync("eth_sendRawTransaction", TestChain.Raw(transaction));

    [Fact]
    public async Task A_nonce_gap_waits_and_is_filled()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        var late = chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("c"), nonce: 2));
        var middle = chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("b"), nonce: 1));
        Assert.Equal(1UL, await chain.HeightAsync());
        Assert.Equal(0UL, await chain.NonceAsync("pending"));
        Assert.Equal(2, (await chain.ResultAsync("devnet_status"))!["pending"]!.GetValue<int>());

        var first = await chain.SendSyncAsync(chain.Settlement(TokenSigner.Transfer("a"), nonce: 0));
        var replies = new[] { first, await middle, await late };
        Assert.Equal(["0x0", "0x1", "0x2"], replies.Select(reply => reply["result"]!["transactionIndex"]!.GetValue<string>()));
        Assert.Equal(3UL, await chain.NonceAsync());
    }

    [Fact]
    public async Task A_wait_ends_with_the_time_its_caller_gave_and_the_hash()
    {
        await using var chain = await TestChain.StartAsync();
        var transaction = chain.Transaction(default, nonce: 3);
        var waiting = chain.RequestAsync("eth_sendRawTransactionSync", $"[\"{TestChain.Hex(transaction.Raw.Span)}\",500]");
        Assert.Equal(1, chain.Time.ArmedTimers);
        chain.Time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(waiting.IsCompleted);
        chain.Time.Advance(TimeSpan.FromMilliseconds(1));
        var error = (await waiting)["error"]!;
        Assert.Equal(4, error["code"]!.GetValue<int>());
        Assert.Equal(transaction.Hash.ToString(), error["data"]!.GetValue<string>());

        // It still waits in the pool, and is included when its turn comes.
        Assert.Equal((-32000, "already known"), await RefusedAsync(chain, transaction));
        for (var nonce = 0UL; nonce < 3; nonce++)
            await chain.SendSyncAsync(chain.Transaction(default, nonce));
        await chain.ResultAsync("devnet_mine");
        Assert.NotNull(await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"));
    }

    [Fact]
    public async Task Without_a_time_the_options_decide_and_nobody_waits_longer_than_they_allow()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions
        {
            SyncTimeout = TimeSpan.FromMilliseconds(100),
            MaxSyncTimeout = TimeSpan.FromMilliseconds(1000),
        });
        var short_ = chain.SendSyncAsync(chain.Transaction(default, nonce: 3));
        chain.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(4, (await short_)["error"]!["code"]!.GetValue<int>());

        var long_ = chain.RequestAsync("eth_sendRawTransactionSync", $"[\"{TestChain.Hex(chain.Transaction(default, nonce: 4).Raw.Span)}\",999999]");
        chain.Time.Advance(TimeSpan.FromMilliseconds(1000));
        Assert.Equal(4, (await long_)["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Duplicates_are_known_while_they_wait_and_after()
    {
        await using var chain = await TestChain.StartAsync();
        var waiting = chain.Transaction(default, nonce: 1);
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(waiting));
        Assert.Equal((-32000, "already known"), await RefusedAsync(chain, waiting));
        Assert.Equal("already known", (await chain.SendSyncAsync(waiting))["error"]!["message"]!.GetValue<string>());
        var first = chain.Transaction(default, nonce: 0);
        await chain.SendSyncAsync(first);
        Assert.Equal((-32000, "already known"), await RefusedAsync(chain, first));
        Assert.Equal((-32000, "already known"), await RefusedAsync(chain, waiting));
    }

    [Fact]
    public async Task Used_nonces_taken_nonces_and_far_nonces_are_refused()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { MaxNonceGap = 10 });
        await chain.SendSyncAsync(chain.Transaction(default, nonce: 0));
        Assert.Equal((-32000, "nonce too low: next nonce 1, tx nonce 0"), await RefusedAsync(chain, chain.Transaction(new byte[] { 1 }, nonce: 0)));
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(chain.Transaction(default, nonce: 11)));
        Assert.Equal((-32000, "nonce too high: next nonce 1, tx nonce 12"), await RefusedAsync(chain, chain.Transaction(default, nonce: 12)));
        Assert.Equal((-32000, "replacement transaction underpriced"), await RefusedAsync(chain, chain.Transaction(new byte[] { 1 }, nonce: 11)));
    }

    [Fact]
    public async Task The_pool_is_bounded()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { MaxPoolTransactions = 3 });
        for (var nonce = 1UL; nonce <= 3; nonce++)
            await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(chain.Transaction(default, nonce)));
        Assert.Equal((-32000, "txpool is full"), await RefusedAsync(chain, chain.Transaction(default, nonce: 4)));
    }

    [Fact]
    public async Task Accounts_have_nonces_of_their_own_and_blocks_keep_the_order_of_arrival()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { MineAutomatically = false });
        var sent = new List<SignedTransaction>
        {
            chain.Transaction(default, nonce: 1),
            chain.Transaction(default, nonce: 0, sender: TestKeys.Seller),
            chain.Transaction(default, nonce: 0),
            chain.Transaction(default, nonce: 1, sender: TestKeys.Seller),
        };
        foreach (var transaction in sent)
            await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(transaction));
        await chain.ResultAsync("devnet_mine");
        var block = (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",false]"))!;
        Assert.Equal(
            new[] { sent[0], sent[2], sent[1], sent[3] }.Select(t => t.Hash.ToString()).Order(),
            block["transactions"]!.AsArray().Select(hash => hash!.GetValue<string>()).Order());
        var order = block["transactions"]!.AsArray().Select(hash => hash!.GetValue<string>()).ToList();
        Assert.True(order.IndexOf(sent[2].Hash.ToString()) < order.IndexOf(sent[0].Hash.ToString()));
        Assert.True(order.IndexOf(sent[1].Hash.ToString()) < order.IndexOf(sent[3].Hash.ToString()));
    }

    [Fact]
    public async Task Many_senders_at_once_each_get_their_receipt()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
        var transactions = Enumerable.Range(0, 64).Select(i => chain.Settlement(TokenSigner.Transfer($"n{i}"))).Reverse().ToArray();
        var replies = await Task.WhenAll(transactions.Select(transaction => Task.Run(() => chain.SendSyncAsync(transaction))));
        Assert.Equal(
            transactions.Select(transaction => transaction.Hash.ToString()),
            replies.Select(reply => reply["result"]!["transactionHash"]!.GetValue<string>()));
        Assert.Equal((UInt256)64_000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
    }

    [Fact]
    public async Task Sixty_four_copies_of_one_authorisation_pay_once()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 1_000_000);
        var authorization = TokenSigner.Transfer("one");
        var transactions = Enumerable.Range(0, 64).Select(_ => chain.Settlement(authorization)).ToArray();
        var replies = await Task.WhenAll(transactions.Select(transaction => Task.Run(() => chain.SendSyncAsync(transaction))));
        Assert.Single(replies, reply => reply["result"]!["status"]!.GetValue<string>() == "0x1");
        Assert.Equal((UInt256)1000UL, await chain.BalanceAsync(TestKeys.SellerAddress));
        Assert.Equal(64UL, await chain.NonceAsync());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "chain", "invalid chain id for signer: have 8453 want 84532" },
        { "create", "this chain holds one token and creates no contracts" },
        { "value", "insufficient funds for gas * price + value: accounts of this chain hold no ether" },
        { "fees", "max priority fee per gas higher than max fee per gas" },
        { "block", "exceeds block gas limit" },
        { "intrinsic", "intrinsic gas too low" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Transactions_that_no_block_can_hold_are_refused(string fault, string reason)
    {
        await using var chain = await TestChain.StartAsync();
        var good = new Eip1559Transaction { ChainId = 84532, Nonce = 0, GasLimit = 100_000, To = TestKeys.Usdc, Data = new byte[] { 1, 0 } };
        var bad = fault switch
        {
            "chain" => good with { ChainId = 8453 },
            "create" => good with { To = null },
            "value" => good with { Value = 1 },
            "fees" => good with { MaxPriorityFeePerGas = 1 },
            "block" => good with { GasLimit = 300_000_001 },
            _ => good with { GasLimit = 21_000 + 16 + 4 - 1 },
        };
        Assert.Equal((-32000, reason), await RefusedAsync(chain, bad.Sign(TestKeys.Sender)));
        Assert.Equal(0, (await chain.ResultAsync("devnet_status"))!["pending"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[\"0x\"]")]
    [InlineData("[\"0x1\"]")]
    [InlineData("[\"02f8\"]")]
    [InlineData("[\"0xzz\"]")]
    [InlineData("[17]")]
    [InlineData("[{}]")]
    [InlineData("[\"0x7e00\"]")]
    public async Task What_is_no_transaction_is_refused(string parameters)
    {
        await using var chain = await TestChain.StartAsync();
        Assert.Equal(-32000, (await chain.ErrorAsync("eth_sendRawTransaction", parameters)).Code);
        Assert.Equal(-32000, (await chain.ErrorAsync("eth_sendRawTransactionSync", parameters)).Code);
    }

    [Fact]
    public async Task The_faucets_own_transaction_cannot_be_sent()
    {
        await using var chain = await TestChain.StartAsync();
        var mint = MintTransaction.Create(TestKeys.Usdc, TestKeys.PayerAddress, 1);
        Assert.Contains("not supported", (await chain.ErrorAsync("eth_sendRawTransaction", $"[\"{TestChain.Hex(mint.Raw.Span)}\"]")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_gas_is_an_included_failure()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        var data = Eip3009Token.EncodeTransferWithAuthorization(TokenSigner.Transfer("a"));
        var needed = TestChain.Quantity(await chain.ResultAsync("eth_estimateGas", TestChain.CallParameters(data)));
        var receipt = (await chain.SendSyncAsync(chain.Transaction(data, gas: needed - 1)))["result"]!;
        Assert.Equal("0x0", receipt["status"]!.GetValue<string>());
        Assert.Equal(needed - 1, TestChain.Quantity(receipt["gasUsed"]));
        receipt = (await chain.SendSyncAsync(chain.Transaction(data, gas: needed)))["result"]!;
        Assert.Equal("0x1", receipt["status"]!.GetValue<string>());
        Assert.Equal(needed, TestChain.Quantity(receipt["gasUsed"]));
        Assert.True(Eip3009Token.TransferGasLimit > needed);
    }
}
