using System.Text;

namespace Betar.Ethereum.Tests.Rpc.Client;

public sealed class RpcResponseReaderTests
{
    static RpcAnswer[] Read(string body, int calls = 2)
    {
        var answers = new RpcAnswer?[calls];
        RpcResponseReader.Read(Encoding.UTF8.GetBytes(body), 10, answers);
        return [.. answers.Select(answer => answer!.Value)];
    }

    static string Text(RpcAnswer answer) => Encoding.UTF8.GetString(answer.Result.Span);

    [Fact]
    public void Answers_find_their_calls_in_any_order()
    {
        var answers = Read("""[{"id":11,"result":{"b":[2]}},{"jsonrpc":"2.0","result":"a","id":10}]""");
        Assert.Equal(["\"a\"", "{\"b\":[2]}"], answers.Select(Text));
    }

    [Fact]
    public void A_missing_answer_is_that_calls_fault_alone()
    {
        var answers = Read("""[{"id":11,"result":true}]""");
        Assert.Equal((RpcStatus.InvalidResponse, "it has no answer to this call"), (answers[0].Status, answers[0].Detail));
        Assert.Equal((RpcStatus.Value, "true"), (answers[1].Status, Text(answers[1])));
    }

    [Theory]
    [InlineData("""[{"id":10,"result":1},{"id":12,"result":2}]""", "it answers a call that was not made")]
    [InlineData("""[{"id":10,"result":1},{"id":9,"result":2}]""", "it answers a call that was not made")]
    [InlineData("""[{"id":10,"result":1},{"id":"11","result":2}]""", "it answers a call that was not made")]
    [InlineData("""[{"id":10,"result":1},{"id":10,"result":2}]""", "it answers one call twice")]
    [InlineData("""[{"id":10,"result":1},7]""", "an item of the batch is no object")]
    [InlineData("""[{"id":10,"result":1},{"id":11,"resu""", "it is no JSON")]
    [InlineData("""[{"id":10,"result":1},{"id":11}]""", "it has neither result nor error")]
    public void What_came_before_a_fault_still_counts(string body, string fault)
    {
        var answers = Read(body);
        Assert.Equal((RpcStatus.Value, "1"), (answers[0].Status, Text(answers[0])));
        Assert.Equal((RpcStatus.InvalidResponse, fault), (answers[1].Status, answers[1].Detail));
    }

    [Fact]
    public void One_error_without_an_id_is_for_all()
    {
        foreach (var id in new[] { "", "\"id\":null," })
        {
            var answers = Read("{" + id + """ "error":{"code":-32600,"message":"batch too large"}}""");
            Assert.All(answers, answer => Assert.Equal((RpcStatus.Error, -32600), (answer.Status, answer.Error!.Code)));
        }
    }

    [Fact]
    public void One_error_with_an_id_is_for_that_call()
    {
        var answers = Read("""{"id":11,"error":{"code":1,"message":"no"}}""");
        Assert.Equal(RpcStatus.InvalidResponse, answers[0].Status);
        Assert.Equal(RpcStatus.Error, answers[1].Status);
    }

    [Fact]
    public void Error_data_is_hex_or_nothing()
    {
        Assert.Equal([0xab], Read("""{"id":10,"error":{"code":3,"message":"m","data":"0xab"}}""", 1)[0].Error!.Data.ToArray());
        foreach (var data in new[] { "\"reverted\"", "null", "7", "{\"message\":\"0xab\"}", "\"0xabc\"" })
            Assert.True(Read("""{"id":10,"error":{"code":3,"message":"m","data":""" + data + "}}", 1)[0].Error!.Data.IsEmpty);
    }
}
