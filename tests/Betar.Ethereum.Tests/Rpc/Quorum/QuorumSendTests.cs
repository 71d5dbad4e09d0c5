using Betar.Ethereum.Tests.Receipts;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Quorum;

/// <summary>A transaction goes to all; what may be on its way is never called refused.</summary>
public sealed class QuorumSendTests
{
    const string Method = "eth_sendRawTransaction";

    static readonly SignedTransaction _sent = ReceiptWatchTests.Transaction();

    [Fact]
    public async Task It_goes_to_all_and_one_that_takes_it_is_enough()
    {
        var nodes = new Nodes(3);
        nodes.All[0].Faults[Method] = Error("insufficient funds");
        nodes.All[1].Faults[Method] = Error("execution reverted");

        Assert.Equal(_sent.Hash, (await nodes.Client.SendRawTransactionAsync(_sent.Raw, default)).Value);
        Assert.All(nodes.All, node => Assert.Contains(Method, node.Asked));
        Assert.Empty(nodes.Events);
    }

    [Fact]
    public async Task Refused_by_all_is_refused()
    {
        var nodes = new Nodes(2);
        nodes.Each(node => node.Faults[Method] = Error("nonce too low"));

        Assert.True((await nodes.Client.SendRawTransactionAsync(_sent.Raw, default)).Error!.IsNonceTooLow);
    }

    [Fact]
    public async Task Refused_by_one_and_unanswered_by_another_may_be_on_its_way()
    {
        var nodes = new Nodes(2);
        nodes.All[0].Faults[Method] = Error("nonce too low");
        nodes.All[1].Silent.Add(Method);

        Assert.Equal(RpcStatus.TimedOut, (await nodes.Client.SendRawTransactionAsync(_sent.Raw, default)).Status);
    }

    [Fact]
    public async Task Known_to_one_is_known()
    {
        var nodes = new Nodes(3);
        nodes.All[0].Silent.Add(Method);
        nodes.All[1].Faults[Method] = Error("already known");
        nodes.All[2].Faults[Method] = Error("nonce too low");

        Assert.True((await nodes.Client.SendRawTransactionAsync(_sent.Raw, default)).Error!.IsAlreadyKnown);
    }

    [Fact]
    public async Task A_synchronous_send_answers_the_receipt_that_enough_nodes_have()
    {
        var nodes = new Nodes(3, time: new HastyTime());
        var sending = nodes.Client.SendRawTransactionSyncAsync(_sent.Raw, TimeSpan.FromDays(1), default);
        nodes.Each(node => node.Mine(_sent));

        Assert.Equal(_sent.Hash, (await sending).Value.TransactionHash);
    }

    [Fact]
    public async Task A_synchronous_send_that_no_block_includes_is_told_by_its_hash()
    {
        var nodes = new Nodes(3, time: new HastyTime());
        var outcome = await nodes.Client.SendRawTransactionSyncAsync(_sent.Raw, TimeSpan.FromSeconds(2), default);

        Assert.Equal((RpcError.InclusionTimedOut, _sent.Hash), (outcome.Error!.Code, new Hash32(outcome.Error.Data.Span)));
    }

    static RpcError Error(string message) => new(-32000, message, default);
}
