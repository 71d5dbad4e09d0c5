using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

/// <summary>What nodes count is not the same on all at any moment: neither a boast nor a laggard moves the answer.</summary>
public sealed class QuorumHeightTests
{
    [Theory]
    [InlineData("5 5 5", 2, 5)]
    [InlineData("5 6 7", 2, 6)]
    [InlineData("5 6 7", 3, 5)]
    [InlineData("5 6 7", 1, 7)]
    [InlineData("90 6 5", 2, 5)] // a boast
    [InlineData("0 60 61", 2, 60)] // a laggard
    [InlineData("0 99 60 61", 2, 60)]
    [InlineData("10 42", 2, 10)]
    [InlineData("10 43", 2, -1)] // too far apart to be believed
    [InlineData("0 40 80", 2, -1)]
    public async Task The_height_is_what_enough_nodes_close_to_each_other_have(string heights, int required, int expected)
    {
        var blocks = heights.Split(' ').Select(int.Parse).ToList();
        var nodes = new Nodes(blocks.Count, new QuorumOptions { Required = required });
        for (var node = 0; node < blocks.Count; node++)
        {
            for (var block = 0; block < blocks[node]; block++)
                nodes.All[node].Mine();
        }

        if (expected >= 0)
            Assert.Equal((ulong)expected, await nodes.Client.GetBlockNumberAsync(default));
        else
            Assert.Equal(RpcStatus.NoAgreement, (await Assert.ThrowsAsync<ChainUnavailableException>(() => nodes.Client.GetBlockNumberAsync(default))).Status);
    }

    [Fact]
    public async Task Fees_and_gas_are_what_enough_nodes_reach()
    {
        var nodes = new Nodes(3);
        (nodes.All[0].PriorityFee, nodes.All[1].PriorityFee, nodes.All[2].PriorityFee) = (1, 3, 1_000_000);
        (nodes.All[0].GasPrice, nodes.All[1].GasPrice, nodes.All[2].GasPrice) = (4, 5, 6);

        Assert.Equal((UInt256)3, (await nodes.Client.GetPriorityFeeAsync(default)).Value);
        Assert.Equal((UInt256)5, await nodes.Client.GetGasPriceAsync(default));
        Assert.Equal(21_000UL, (await nodes.Client.EstimateGasAsync(new CallRequest(TestKeys.Usdc, default), default)).Value);
    }

    [Fact]
    public async Task Too_few_heights_are_no_height()
    {
        var nodes = new Nodes(3);
        nodes.All[0].Silent.Add("eth_blockNumber");
        nodes.All[1].Silent.Add("eth_blockNumber");
        var call = await nodes.Client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);

        Assert.Equal((RpcStatus.Unreachable, "the node cannot be reached: 1 of 2 needed nodes answered"), (call.Status, call.Describe()));
        Assert.Equal(RpcStatus.Unreachable, (await nodes.Client.GetHeaderAsync(BlockTag.Latest, default)).Status);
        Assert.Equal(RpcStatus.Unreachable, (await nodes.Client.FindLogsAsync(new LogFilter(), default)).Status);
        await Assert.ThrowsAsync<ChainUnavailableException>(() => nodes.Client.GetTransactionCountAsync(TestKeys.SenderAddress, BlockTag.Latest, default));
    }
}
