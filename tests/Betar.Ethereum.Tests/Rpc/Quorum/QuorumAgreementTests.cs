using Betar.Ethereum.Tests.Receipts;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

/// <summary>What money depends on: enough nodes must say the same.</summary>
public sealed class QuorumAgreementTests
{
    static readonly CallRequest _balance = new(TestKeys.Usdc, Eip3009Token.EncodeBalanceOf(TestKeys.PayerAddress));

    [Fact]
    public async Task A_lying_node_is_outvoted_and_reported()
    {
        var nodes = Three();
        nodes.All[1].Call = _ => RpcOutcome.Value<byte[]>([9, 9]);
        var outcome = await nodes.Client.CallAsync(_balance, default);

        Assert.Equal([7], outcome.Value);
        Assert.Equal([new EndpointEvent("node-b", EndpointEventKind.Outvoted, "eth_call")], nodes.Events);
    }

    [Fact]
    public async Task Where_two_must_agree_and_do_not_there_is_no_answer()
    {
        var nodes = new Nodes(2);
        nodes.All[0].Call = _ => RpcOutcome.Value<byte[]>([7]);
        nodes.All[1].Call = _ => RpcOutcome.Value<byte[]>([8]);
        var outcome = await nodes.Client.CallAsync(_balance, default);

        Assert.Equal(RpcStatus.NoAgreement, outcome.Status);
        Assert.Equal("the nodes do not agree: node-a, node-b answer differently, 2 must say the same", outcome.Describe());
        Assert.Empty(nodes.Events);
    }

    [Fact]
    public async Task Two_liars_of_three_who_do_not_agree_get_nothing_through()
    {
        var nodes = Three();
        nodes.All[0].Call = _ => RpcOutcome.Value<byte[]>([8]);
        nodes.All[1].Call = _ => RpcOutcome.Value<byte[]>([9]);

        Assert.Equal(RpcStatus.NoAgreement, (await nodes.Client.CallAsync(_balance, default)).Status);
    }

    [Fact]
    public async Task A_contracts_refusal_is_an_answer_that_is_voted_on()
    {
        var nodes = Three();
        var revert = new RpcError(3, "execution reverted: why", RevertReason.Encode("why"));
        nodes.Each(node => node.Call = _ => RpcOutcome.Error<byte[]>(revert with { Message = $"worded by {node.GetHashCode()}" }));
        nodes.All[2].Call = _ => RpcOutcome.Value<byte[]>([7]);

        Assert.Equal("why", (await nodes.Client.CallAsync(_balance, default)).Error!.RevertReason);
        Assert.Equal(["node-c"], nodes.Outvoted);
    }

    [Fact]
    public async Task A_question_about_the_latest_block_is_about_one_block()
    {
        var nodes = Three();
        var asked = new List<BlockTag>();
        nodes.Each(node => node.Call = call =>
        {
            lock (asked)
                asked.Add(call.Block);
            return RpcOutcome.Value<byte[]>([7]);
        });
        nodes.All[0].Mine();

        Assert.True((await nodes.Client.CallAsync(_balance, default)).IsValue);
        Assert.Equal([BlockTag.Number(0)], asked.Distinct());
        await nodes.Client.CallAsync(_balance with { Block = BlockTag.Pending }, default);
        Assert.Equal(BlockTag.Pending, asked[^1]);
    }

    [Fact]
    public async Task A_receipt_must_be_the_same_in_each_part()
    {
        var sent = ReceiptWatchTests.Transaction();
        var nodes = Three();
        nodes.Each(node => node.Mine([sent], Log(1)));
        Assert.Equal(sent.Hash, (await nodes.Client.GetReceiptAsync(sent.Hash, default))!.TransactionHash);
        Assert.Empty(nodes.Events);

        var other = Three();
        other.All[0].Mine([sent], Log(1));
        other.All[1].Mine([sent], Log(2));
        other.All[2].Mine([sent], Log(2));
        Assert.Equal(2, (await other.Client.GetReceiptAsync(sent.Hash, default))!.Logs[0].Data.Span[0]);
        Assert.Equal(["node-a"], other.Outvoted);
    }

    [Fact]
    public async Task A_node_that_is_a_moment_behind_is_no_liar()
    {
        var sent = ReceiptWatchTests.Transaction();
        var nodes = Three();
        nodes.All[0].Mine(sent);
        Assert.Null(await nodes.Client.GetReceiptAsync(sent.Hash, default));
        nodes.All[1].Mine(sent);

        Assert.NotNull(await nodes.Client.GetReceiptAsync(sent.Hash, default));
        Assert.Empty(nodes.Events);
    }

    [Fact]
    public async Task Every_other_read_is_agreed_on_too()
    {
        var sent = ReceiptWatchTests.Transaction();
        var nodes = Three();
        nodes.Each(node =>
        {
            node.Mine([sent], Log(1));
            node.Code[TestKeys.Usdc] = [1];
        });
        var client = nodes.Client;

        Assert.Equal(84532UL, await client.GetChainIdAsync(default));
        Assert.Equal(1UL, await client.GetBlockNumberAsync(default));
        Assert.Equal(nodes.All[0].Head.Timestamp, await client.GetBlockTimestampAsync(default));
        Assert.Equal(1UL, await client.GetTransactionCountAsync(sent.Sender, BlockTag.Latest, default));
        Assert.Equal(1UL, await client.GetTransactionCountAsync(sent.Sender, BlockTag.Pending, default));
        Assert.Equal([1], await client.GetCodeAsync(TestKeys.Usdc, default));
        Assert.Equal(nodes.All[0].Head, (await client.GetHeaderAsync(BlockTag.Latest, default)).Value);
        Assert.Null((await client.GetHeaderAsync(BlockTag.Number(99), default)).Value);
        Assert.Equal(sent.Sender, (await client.FindTransactionAsync(sent.Hash, default)).Value!.From);
        Assert.Equal(UInt256.One, (await client.GetBalanceAsync(sent.Sender, default)).Value);
        Assert.Single(await client.GetLogsAsync(new LogFilter(), default));
        Assert.Single((await client.FindLogsAsync(new LogFilter { FromBlock = 0, ToBlock = 1 }, default)).Value);
        Assert.Empty(nodes.Events);
    }

    [Fact]
    public async Task A_log_that_one_node_makes_up_or_keeps_back_is_outvoted()
    {
        var nodes = Three();
        nodes.All[0].Mine([], Log(1), Log(1));
        nodes.All[1].Mine([], Log(1));
        nodes.All[2].Mine([], Log(1));

        Assert.Single(await nodes.Client.GetLogsAsync(new LogFilter { FromBlock = 0 }, default));
        Assert.Equal(["node-a"], nodes.Outvoted);
    }

    [Fact]
    public async Task A_nodes_own_trouble_with_the_question_is_passed_on()
    {
        var nodes = Three();
        nodes.Each(node => node.MaxLogs = 0);
        nodes.Each(node => node.Mine([], Log(1)));

        Assert.Contains("more than 0", (await nodes.Client.FindLogsAsync(new LogFilter(), default)).Error!.Message, StringComparison.Ordinal);
        Assert.Empty(nodes.Events);
    }

    static Nodes Three()
    {
        var nodes = new Nodes(3);
        nodes.Each(node => node.Call = _ => RpcOutcome.Value<byte[]>([7]));
        return nodes;
    }

    internal static LogEntry Log(byte data) => new(TestKeys.Usdc, [TokenAbi.TransferTopic], new[] { data }, 0, default, default, 0, 0);
}
