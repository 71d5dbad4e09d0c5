using System.Text;
using System.Text.Json;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Rpc;

public sealed class CallArgumentsTests
{
    static bool TryRead(string json, out CallArguments arguments)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return CallArguments.TryRead(ref reader, out arguments);
    }

    [Fact]
    public void All_members_that_matter()
    {
        Assert.True(TryRead(
            $$"""{"from":"{{TestKeys.PayerAddress}}","gas":"0x1","to":"{{TestKeys.Usdc}}","value":{"odd":[1]},"data":"0xab","accessList":[]}""", out var call));
        Assert.Equal((TestKeys.PayerAddress, (Address?)TestKeys.Usdc), (call.From, call.To));
        Assert.Equal([0xab], call.Data);
    }

    [Fact]
    public void Data_has_a_second_name()
    {
        Assert.True(TryRead("""{"input":"0xab"}""", out var call));
        Assert.Equal([0xab], call.Data);
    }

    [Fact]
    public void Everything_may_be_absent_or_null()
    {
        foreach (var json in new[] { "{}", """{"from":null,"to":null,"data":null,"input":null}""" })
        {
            Assert.True(TryRead(json, out var call));
            Assert.Equal((Address.Zero, (Address?)null), (call.From, call.To));
            Assert.Empty(call.Data);
        }
    }

    [Theory]
    [InlineData("""{"from":"0x12"}""")]
    [InlineData("""{"from":7}""")]
    [InlineData("""{"to":"me"}""")]
    [InlineData("""{"to":{}}""")]
    [InlineData("""{"data":"12"}""")]
    [InlineData("""{"data":"0x1"}""")]
    [InlineData("""{"input":[]}""")]
    public void What_is_no_call(string json) => Assert.False(TryRead(json, out _));
}
