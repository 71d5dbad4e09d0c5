using System.Text;
using System.Text.Json.Nodes;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Protocol;

/// <summary>Members that nobody here knows are passed over, whatever they hold and wherever they stand: what follows is read as before.</summary>
public sealed class UnknownMemberTests
{
    private const string Unknown =
        """{"x_text":"v","x_number":1,"x_flag":true,"x_null":null,"x_object":{"correlation_id":"wrong","scheme":"wrong","value":"wrong","name":"wrong","signature":"wrong","a":{"b":[]}},"x_list":[1,{"nonce":"wrong"},[2]]}""";

    private const string Response = """{"version":"1.0","correlation_id":"c","payment_id":"p","tx_hash":"0xabc","body":"eyJvdXRwdXQiOiI0In0=","seller_did":"s","seller_token_id":"42"}""";

    [Fact]
    public void Of_a_request() => Assert.Equal(Golden.Request, Text(MessageCodec.Write(MessageCodec.ParseRequest(Spread(Golden.Request)).Value!)));

    [Fact]
    public void Of_a_quote() =>
        Assert.Equal(Golden.PaymentRequired, Text(MessageCodec.Write(MessageCodec.ParsePaymentRequired(Spread(Golden.PaymentRequired)).Value!)));

    [Fact]
    public void Of_a_paid_request() => Assert.Equal(Golden.PaidRequest, Text(MessageCodec.Write(MessageCodec.ParsePaidRequest(Spread(Golden.PaidRequest)).Value!)));

    [Fact]
    public void Of_a_response() => Assert.Equal(Response, Text(MessageCodec.Write(MessageCodec.ParseResponse(Spread(Response)).Value!)));

    [Fact]
    public void Of_an_error() => Assert.Equal(Golden.UnknownTypeError, Text(MessageCodec.Write(MessageCodec.ParseError(Spread(Golden.UnknownTypeError)).Value!)));

    [Fact]
    public void Of_a_task()
    {
        var task = new TaskBody("i", "r");

        Assert.Equal(task, TaskBody.Parse(Spread(Text(task.Write()))).Value);
    }

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    private static byte[] Spread(string json) => Encoding.UTF8.GetBytes(Around(JsonNode.Parse(json)!.AsObject()).ToJsonString());

    private static JsonObject Around(JsonObject known)
    {
        var all = JsonNode.Parse(Unknown)!.AsObject();
        foreach (var (name, value) in known)
            all[name] = value is JsonObject nested ? Around(nested) : value?.DeepClone();
        return all;
    }
}
