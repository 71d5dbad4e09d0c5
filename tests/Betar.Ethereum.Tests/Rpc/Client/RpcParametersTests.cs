using System.Text;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Rpc.Client;

/// <summary>What goes over the wire to nodes that nobody here wrote.</summary>
public sealed class RpcParametersTests
{
    const string Usdc = "0x036cbd53842c5426634e7929541ec2318f3dcf7e";

    static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    [Fact]
    public void Calls()
    {
        Assert.Equal(
            $$"""[{"to":"{{Usdc}}","data":"0x0102"},"latest"]""",
            Text(RpcParameters.Call(new CallRequest(TestKeys.Usdc, new byte[] { 1, 2 }))));
        Assert.Equal(
            $$"""[{"from":"{{TestKeys.PayerAddress.ToLowerHex()}}","to":"{{Usdc}}","data":"0x"},"0x1f"]""",
            Text(RpcParameters.Call(new CallRequest(TestKeys.Usdc, default) { From = TestKeys.PayerAddress, Block = BlockTag.Number(31) })));
    }

    [Fact]
    public void Transactions()
    {
        Assert.Equal("""["0x02ff"]""", Text(RpcParameters.Raw(new byte[] { 2, 255 })));
        Assert.Equal("""["0x02",1500]""", Text(RpcParameters.Raw(new byte[] { 2 }, 1500)));
        Assert.Equal($$"""["{{TestKeys.NonceOf("a")}}"]""", Text(RpcParameters.Hash(TestKeys.NonceOf("a"))));
    }

    [Fact]
    public void Accounts_at_a_block()
    {
        Assert.Equal($$"""["{{Usdc}}","pending"]""", Text(RpcParameters.AccountAt(TestKeys.Usdc, BlockTag.Pending)));
        Assert.Equal($$"""["{{Usdc}}","0x0"]""", Text(RpcParameters.AccountAt(TestKeys.Usdc, BlockTag.Number(0))));
        Assert.Equal("""["latest",false]""", Text(RpcParameters.LatestBlock));
        Assert.Equal("[]", Text(RpcParameters.None));
    }

    [Fact]
    public void Log_filters()
    {
        Assert.Equal("""[{"topics":[]}]""", Text(RpcParameters.Filter(new LogFilter())));
        Assert.Equal(
            $$"""[{"fromBlock":"0x5","toBlock":"0xa","address":"{{Usdc}}","topics":["{{TokenAbi.TransferTopic}}",null,"{{Hash32.Zero}}"]}]""",
            Text(RpcParameters.Filter(new LogFilter
            {
                FromBlock = 5,
                ToBlock = 10,
                Address = TestKeys.Usdc,
                Topics = [TokenAbi.TransferTopic, null, Hash32.Zero],
            })));
    }

    [Fact]
    public void Block_tags()
    {
        Assert.Equal(BlockTag.Latest, default);
        Assert.Equal(["latest", "pending", "0x0", "0xff"], new[] { BlockTag.Latest, BlockTag.Pending, BlockTag.Number(0), BlockTag.Number(255) }.Select(tag => tag.ToString()));
        Assert.Equal([false, false, true, true], new[] { BlockTag.Latest, BlockTag.Pending, BlockTag.Number(0), BlockTag.Number(255) }.Select(tag => tag.IsNumber));
        Assert.NotEqual(BlockTag.Number(0), BlockTag.Latest);
    }
}
