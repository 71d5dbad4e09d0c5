using System.Text;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Rpc;

public sealed class RpcRequestReaderTests
{
    static readonly DevnetOptions _options = new() { MaxBatch = 3 };

    static List<RpcRequest> Read(string body, out bool isBatch)
    {
        var requests = new List<RpcRequest>();
        Assert.Null(RpcRequestReader.Read(Encoding.UTF8.GetBytes(body), _options, requests, out isBatch));
        return requests;
    }

    static RpcRequest One(string body)
    {
        var request = Assert.Single(Read(body, out var isBatch));
        Assert.False(isBatch);
        return request;
    }

    static int Fault(string body) => RpcRequestReader.Read(Encoding.UTF8.GetBytes(body), _options, [], out _)!.Code;

    static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    [Fact]
    public void A_request_is_taken_apart_in_any_order_of_its_members()
    {
        foreach (var body in new[]
        {
            """{"jsonrpc":"2.0","id":7,"method":"eth_call","params":[ {"a":[1]}, "x" ]}""",
            """ { "params" : [ {"a":[1]}, "x" ] , "method" : "eth_call" , "extra" : {"id":9} , "id" : 7 } """,
        })
        {
            var request = One(body);
            Assert.Null(request.Fault);
            Assert.Equal(("7", "eth_call", "[ {\"a\":[1]}, \"x\" ]"), (Text(request.Id), request.Method, Text(request.Parameters)));
        }
    }

    [Fact]
    public void Parameters_may_be_absent_or_null()
    {
        Assert.True(One("""{"id":1,"method":"m"}""").Parameters.IsEmpty);
        Assert.True(One("""{"id":1,"method":"m","params":null}""").Parameters.IsEmpty);
        Assert.Equal("[]", Text(One("""{"id":1,"method":"m","params":[]}""").Parameters));
    }

    [Fact]
    public void A_request_without_an_id_is_a_notification_and_one_with_a_null_is_not()
    {
        Assert.Null(One("""{"method":"m"}""").Id);
        Assert.Equal("null", Text(One("""{"id":null,"method":"m"}""").Id));
        Assert.Equal("\"\\u0041\"", Text(One("""{"id":"\u0041","method":"m"}""").Id));
    }

    [Fact]
    public void What_is_wrong_with_a_request_is_said_to_its_id()
    {
        foreach (var (body, id) in new[]
        {
            ("""{"id":5}""", "5"),
            ("""{"id":5,"method":null}""", "5"),
            ("""{"id":5,"method":["m"]}""", "5"),
            ("""{"id":5,"method":"m","params":"x"}""", "5"),
            ("""{"id":[5],"method":"m"}""", "null"),
            ("""{"method":7}""", "null"),
            ("17", "null"),
            ("\"m\"", "null"),
            ($$"""{"id":5,"method":"{{new string('m', 65)}}"}""", "5"),
        })
        {
            var request = One(body);
            Assert.Equal((-32600, id), (request.Fault!.Code, Text(request.Id)));
        }

        Assert.Null(One($$"""{"id":5,"method":"{{new string('m', 64)}}"}""").Fault);
    }

    [Fact]
    public void Batches()
    {
        var requests = Read("""[{"id":1,"method":"a"},[],{"id":2,"method":"b"}]""", out var isBatch);
        Assert.True(isBatch);
        Assert.Equal(["a", "", "b"], requests.Select(request => request.Method));
        Assert.Equal([false, true, false], requests.Select(request => request.Fault is not null));
        Assert.Equal(-32600, Fault("[]"));
        Assert.Equal(-32600, Fault("[1,2,3,4]"));
        Assert.Equal(-32700, Fault("[1,2"));
        Assert.Equal(-32700, Fault("[1,,2]"));
        Assert.Equal(-32700, Fault("[1] 2"));
    }

    [Fact]
    public void Sends_and_control_are_known_by_name()
    {
        Assert.True(One("""{"id":1,"method":"eth_sendRawTransaction"}""").IsSend);
        Assert.True(One("""{"id":1,"method":"eth_sendRawTransactionSync"}""").IsSend);
        Assert.False(One("""{"id":1,"method":"eth_call"}""").IsSend);
        Assert.False(One("""{"id":1,"method":"eth_sendRawTransaction","params":5}""").IsSend);
        Assert.True(One("""{"id":1,"method":"devnet_status"}""").IsControl);
        Assert.False(One("""{"id":1,"method":"eth_devnet_"}""").IsControl);
    }

    [Fact]
    public void A_body_has_an_end()
    {
        var options = new DevnetOptions { MaxRequestBytes = 1024 };
        var body = Encoding.UTF8.GetBytes("""{"id":1,"method":"m"}""".PadRight(1025));
        Assert.Equal(-32600, RpcRequestReader.Read(body, options, [], out _)!.Code);
        Assert.Null(RpcRequestReader.Read(body.AsMemory(0, 1024), options, [], out _));
    }

    [Fact]
    public void Damaged_bodies_are_requests_or_a_fault()
    {
        var good = Encoding.UTF8.GetBytes("""[{"jsonrpc":"2.0","id":"\u0041b","method":"eth_call","params":[{"to":"0x","data":null},true,1.5e3]},{"method":"x","id":-1}]""");
        Fuzz.Mutate(good, 20_000, seed: 600, bytes =>
        {
            var requests = new List<RpcRequest>();
            if (RpcRequestReader.Read(bytes, new DevnetOptions(), requests, out _) is null)
                Assert.NotEmpty(requests);
        });
    }
}
