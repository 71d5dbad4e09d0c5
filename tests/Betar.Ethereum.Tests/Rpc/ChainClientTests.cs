using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc;

/// <summary>The client and the devnet chain, each against the other.</summary>
public sealed class ChainClientTests
{
    static readonly CancellationToken _none = CancellationToken.None;

    static JsonRpcChainClient Client(DevnetHandler handler, TimeProvider? time = null) =>
        new(new HttpClient(handler), new Uri("http://devnet.test/"), null, time);

    [Fact]
    public async Task Everything_that_settling_needs()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.FundAsync(TestKeys.PayerAddress, 5000);
        using var handler = new DevnetHandler(chain.Chain);
        var client = Client(handler);
        var token = new Eip3009Token(client, TestKeys.Usdc);

        Assert.Equal(84532UL, await client.GetChainIdAsync(_none));
        Assert.Equal(1UL, await client.GetBlockNumberAsync(_none));
        Assert.Equal(chain.Time.Seconds, await client.GetBlockTimestampAsync(_none));
        Assert.Equal(UInt256.Zero, await client.GetGasPriceAsync(_none));
        Assert.NotEmpty(await client.GetCodeAsync(TestKeys.Usdc, _none));
        Assert.Empty(await client.GetCodeAsync(TestKeys.PayerAddress, _none));
        Assert.Equal("USDC", (await token.NameAsync(_none)).Value);
        Assert.Equal("2", (await token.VersionAsync(_none)).Value);
        Assert.Equal((byte)6, (await token.DecimalsAsync(_none)).Value);
        Assert.Equal("0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818", (await token.DomainSeparatorAsync(_none)).Value.ToString());
        Assert.Equal((UInt256)5000UL, (await token.BalanceOfAsync(TestKeys.PayerAddress, _none)).Value);
        Assert.False((await token.AuthorizationStateAsync(TestKeys.PayerAddress, TestKeys.NonceOf("a"), _none)).Value);

        var authorization = TokenSigner.Transfer("a");
        Assert.True((await token.SimulateTransferAsync(authorization, TestKeys.SenderAddress, _none)).IsValue);
        var call = token.Settle(authorization);
        Assert.True((await client.EstimateGasAsync(call.ToCallRequest(), _none)).Value <= call.GasLimit);
        var nonce = await client.GetTransactionCountAsync(TestKeys.SenderAddress, BlockTag.Pending, _none);
        var transaction = call.ToTransaction(84532, nonce, 0, 0).Sign(TestKeys.Sender);
        Assert.Null(await client.GetReceiptAsync(transaction.Hash, _none));
        var receipt = (await client.SendRawTransactionSyncAsync(transaction.Raw, TimeSpan.FromSeconds(5), _none)).Value;

        Assert.True(receipt.Succeeded);
        Assert.Equal((transaction.Hash, 2UL, TestKeys.SenderAddress, (Address?)TestKeys.Usdc), (receipt.TransactionHash, receipt.BlockNumber, receipt.From, receipt.To));
        Assert.True(AuthorizationEvent.TryDecode(receipt.Logs[0], TestKeys.Usdc, out var used));
        Assert.Equal(new AuthorizationEvent(TestKeys.PayerAddress, TestKeys.NonceOf("a"), false), used);
        Assert.True(TransferEvent.TryDecode(receipt.Logs[1], TestKeys.Usdc, out var transfer));
        Assert.Equal(new TransferEvent(TestKeys.PayerAddress, TestKeys.SellerAddress, 1000), transfer);
        Assert.Equal(receipt.BlockHash, (await client.GetReceiptAsync(transaction.Hash, _none))!.BlockHash);
        Assert.True((await token.AuthorizationStateAsync(TestKeys.PayerAddress, TestKeys.NonceOf("a"), _none)).Value);

        var log = Assert.Single(await client.GetLogsAsync(AuthorizationEvent.UsedFilter(TestKeys.Usdc, TestKeys.PayerAddress, TestKeys.NonceOf("a"), 0), _none));
        Assert.Equal(transaction.Hash, log.TransactionHash);
        Assert.Empty(await client.GetLogsAsync(AuthorizationEvent.UsedFilter(TestKeys.Usdc, TestKeys.PayerAddress, TestKeys.NonceOf("b"), 0, 2), _none));
        Assert.Equal(2, (await client.GetLogsAsync(new LogFilter { Topics = [null, TokenTopics.FromAddress(TestKeys.PayerAddress)] }, _none)).Count);
    }

    [Fact]
    public async Task Refusals_are_values_with_their_reason()
    {
        await using var chain = await TestChain.StartAsync();
        using var handler = new DevnetHandler(chain.Chain);
        var client = Client(handler);
        var token = new Eip3009Token(client, TestKeys.Usdc);

        var simulated = await token.SimulateTransferAsync(TokenSigner.Transfer("a"), null, _none);
        Assert.Equal(RpcStatus.Error, simulated.Status);
        Assert.Equal(RpcError.ExecutionReverted, simulated.Error!.Code);
        Assert.Equal("ERC20: transfer amount exceeds balance", simulated.Error.RevertReason);
        Assert.Equal("the node answered error 3: ERC20: transfer amount exceeds balance", simulated.Describe());
        Assert.Throws<InvalidOperationException>(() => simulated.Value);

        var transaction = chain.Transaction(default, nonce: 0);
        Assert.Equal(transaction.Hash, (await client.SendRawTransactionAsync(transaction.Raw, _none)).Value);
        Assert.True((await client.SendRawTransactionAsync(transaction.Raw, _none)).Error!.IsAlreadyKnown);
        await chain.ResultAsync("devnet_mine");
        Assert.True((await client.SendRawTransactionAsync(chain.Transaction(new byte[] { 1 }, nonce: 0).Raw, _none)).Error!.IsNonceTooLow);

        await chain.ResultAsync("devnet_setFault", """[{"kind":"outage"}]""");
        var unreachable = await client.SendRawTransactionAsync(transaction.Raw, _none);
        Assert.Equal(RpcStatus.Unreachable, unreachable.Status);
        Assert.Equal("the node cannot be reached: HTTP status 503", unreachable.Describe());
        var fault = await Assert.ThrowsAsync<ChainUnavailableException>(() => client.GetBlockNumberAsync(_none));
        Assert.Equal(RpcStatus.Unreachable, fault.Status);
    }

    [Fact]
    public async Task A_wait_for_inclusion_that_is_too_long_is_the_nodes_error_with_the_hash()
    {
        await using var chain = await TestChain.StartAsync();
        using var handler = new DevnetHandler(chain.Chain);
        var client = Client(handler, chain.Time);
        var transaction = chain.Transaction(default, nonce: 9);
        var asking = client.SendRawTransactionSyncAsync(transaction.Raw, TimeSpan.FromSeconds(1), _none);
        while (await chain.ResultAsync("eth_getTransactionByHash", $"[\"{transaction.Hash}\"]") is null)
            await Task.Yield();
        chain.Time.Advance(TimeSpan.FromSeconds(1));
        var outcome = await asking;
        Assert.Equal(RpcStatus.Error, outcome.Status);
        Assert.Equal(RpcError.InclusionTimedOut, outcome.Error!.Code);
        Assert.Equal(transaction.Hash, new Hash32(outcome.Error.Data.Span));
    }

    [Fact]
    public async Task A_dropped_answer_is_a_time_out_and_the_receipt_is_found_later()
    {
        await using var chain = await TestChain.StartAsync();
        using var handler = new DevnetHandler(chain.Chain);
        var client = Client(handler, chain.Time);
        await chain.ResultAsync("devnet_setFault", """[{"kind":"dropAnswer"}]""");
        var transaction = chain.Transaction(default, nonce: 0, to: TestKeys.SellerAddress);
        var asking = client.SendRawTransactionSyncAsync(transaction.Raw, TimeSpan.FromSeconds(1), _none);
        while (await chain.NonceAsync() == 0)
            await Task.Yield();
        Assert.False(asking.IsCompleted);
        chain.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(RpcStatus.TimedOut, (await asking).Status);
        Assert.True((await client.GetReceiptAsync(transaction.Hash, _none))!.Succeeded);
    }

    [Fact]
    public async Task Calls_that_come_while_requests_are_under_way_share_the_next_one()
    {
        await using var chain = await TestChain.StartAsync();
        using var inner = new DevnetHandler(chain.Chain);
        using var devnet = new HttpMessageInvoker(inner);
        var held = new TaskCompletionSource();
        var arrived = new SemaphoreSlim(0);
        using var handler = new ScriptedHandler(async (body, cancellationToken) =>
        {
            arrived.Release();
            await held.Task;
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://devnet.test/") { Content = new StringContent(body) };
            return await devnet.SendAsync(request, cancellationToken);
        });
        var options = new JsonRpcOptions { MaxConcurrentRequests = 1, MaxBatch = 25 };
        var client = new JsonRpcChainClient(new HttpClient(handler), new Uri("http://devnet.test/"), options);

        var first = client.GetBlockNumberAsync(_none);
        await arrived.WaitAsync();
        var rest = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? client.GetChainIdAsync(_none) : client.GetBlockNumberAsync(_none)).ToArray();
        held.SetResult();
        Assert.Equal(0UL, await first);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 84532UL : 0UL), await Task.WhenAll(rest));
        Assert.Equal([0, 24, 14], inner.Bodies.Select(body => body.Count(c => c == '{') - 1));
        Assert.StartsWith("{", inner.Bodies[0], StringComparison.Ordinal);
        Assert.StartsWith("[", inner.Bodies[1], StringComparison.Ordinal);
        arrived.Dispose();
    }

    [Fact]
    public async Task Reads_do_not_wait_behind_sends()
    {
        await using var chain = await TestChain.StartAsync(new DevnetOptions { MineAutomatically = false });
        using var handler = new DevnetHandler(chain.Chain);
        var client = Client(handler);
        var sends = Enumerable.Range(0, 5)
            .Select(i => client.SendRawTransactionSyncAsync(chain.Transaction(default, (ulong)i, to: TestKeys.SellerAddress).Raw, TimeSpan.FromSeconds(30), _none)).ToArray();
        Assert.Equal(0UL, await client.GetBlockNumberAsync(_none));
        Assert.DoesNotContain(sends, send => send.IsCompleted);
        while (!Array.TrueForAll(sends, send => send.IsCompleted))
            await chain.ResultAsync("devnet_mine");
        foreach (var send in sends)
            Assert.True((await send).Value.Succeeded);
    }
}
